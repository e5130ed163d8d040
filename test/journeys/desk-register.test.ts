import { afterAll, beforeAll, expect, test } from 'vitest'
import { ask, OLGA, PETR } from '../appeal.ts'
import { type House, openHouse } from '../house.ts'
import { citizen, inGeneral, newCitizen, until } from '../people.ts'

let house: House
beforeAll(async () => {
  house = await openHouse({ deskChatId: null })
})
afterAll(() => house.stop())

const ALL = ['can_delete_messages', 'can_pin_messages', 'can_manage_topics', 'can_manage_chat']

test('/desk says what a new group lacks, each with its remedy; with everything there, appeals that waited come', async () => {
  const { sandbox } = house
  const anna = newCitizen(sandbox, 'ru')
  anna.says('/operator')
  await anna.presses(/^Согласен/)
  await anna.hears('Опишите')
  const number = await ask(anna, 'Есть ли здесь кто-нибудь?')
  anna.says('Я подожду')

  // In private there is no group to connect.
  const alone = citizen(sandbox, OLGA)
  alone.says('/desk')
  await alone.hears('/desk пишут в самой группе операторов')
  anna.says('/desk')
  await anna.hears('Такой команды нет')

  const group = sandbox.newGroup({ id: -1_002_000_000_007, title: 'Новая', is_forum: false }).id
  const olga = inGeneral(sandbox, OLGA, group)
  const lacks = async (rights: string[], remedy: string, bot: 'administrator' | 'member' = 'administrator') => {
    sandbox.group({ chat: group, bot, rights, is_forum: remedy !== 'включите темы' })
    olga.says('/desk')
    expect((await olga.hears('пока не готова')).text).toContain(remedy)
  }
  await lacks(ALL, 'включите темы')
  await lacks([], 'сделайте бота администратором', 'member')
  await lacks(
    ALL.filter((right) => right !== 'can_manage_topics'),
    'дайте боту право управлять темами',
  )
  await lacks(
    ALL.filter((right) => right !== 'can_delete_messages'),
    'дайте боту право удалять сообщения',
  )
  await lacks(
    ALL.filter((right) => right !== 'can_pin_messages'),
    'дайте боту право закреплять сообщения',
  )
  sandbox.group({ chat: group, bot: 'administrator', rights: ALL, is_forum: true })
  const petr = inGeneral(sandbox, PETR, group)
  petr.says('/desk')
  await petr.hears('Это может только администратор')
  olga.says('/desk')
  await olga.hears('Эта группа теперь принимает обращения')
  const texts = () => sandbox.messages(group).flatMap((one) => (one.is_topic_message && one.text ? [one.text] : []))
  await until('all that waited', () => texts().includes('Я подожду'))
  expect(texts()[0]).toContain(number)
  expect(texts().slice(1)).toEqual(['Есть ли здесь кто-нибудь?', 'Я подожду'])
  expect(sandbox.state().commands[`${PETR}:${group}`]?.map(({ command }) => command)).toContain('take')
})
