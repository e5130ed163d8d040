import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { createKeyring } from '../../src/db/keyring.ts'
import { store } from '../../src/mail/inbox.ts'
import { OLGA, openAppeal } from '../appeal.ts'
import { heard } from '../citizen.ts'
import { DATA_KEY, type House, openHouse } from '../house.ts'
import { inGeneral } from '../people.ts'
import { wordsFolder } from '../words-folder.ts'

const words = wordsFolder()
let house: House
beforeAll(async () => {
  words.change('targets.yaml', 'queue_length: { tell: 40, over: 25 }', 'queue_length: { tell: 3, over: 1 }')
  house = await openHouse({ localesDir: words.dir })
})
afterAll(async () => {
  await house.stop()
  words.remove()
})

let looks = 0
/** A minute passes. */
const look = async () => {
  looks += 1
  const period = `2020-01-01T00:${String(looks).padStart(2, '0')}`
  const body = createKeyring(house.db, DATA_KEY).own({ kind: 'watch', period })
  await store(house.db, [{ key: `timer:watch:${period}`, lane: 'timer:watch', body }])
  const done = `select 1 where not exists (select 1 from inbox where key = 'timer:watch:${period}' and state in ('new', 'working'))
    and not exists (select 1 from outbox where state in ('new', 'sending') and key like 'alert:%')`
  while ((await house.db.run(done)).length === 0) await new Promise((resolve) => setTimeout(resolve, 20))
}
const told = (what: string | RegExp) => heard(inGeneral(house.sandbox, OLGA)).filter((text) => text.match(what)).length

test('a limit that is passed is told once with what to do, and its end once; in between nothing', async () => {
  await openAppeal(house.sandbox)
  await openAppeal(house.sandbox)
  await look()
  expect(told(/в очереди/)).toBe(0)
  await openAppeal(house.sandbox)
  await look()
  await look()
  expect(told('Услуги: в очереди 3')).toBe(1)
  expect(told('Что делать: позовите людей на смену')).toBe(1)
  // One fewer is not yet over: it would ring again with the next appeal.
  const general = inGeneral(house.sandbox, OLGA)
  general.says('/take')
  await general.hears('Вы взяли')
  await look()
  expect(told('снова короткая')).toBe(0)
  general.says('/take')
  while ((await house.db.run('select 1 from appeals where waiting_since is not null')).length > 1)
    await new Promise((resolve) => setTimeout(resolve, 20))
  await look()
  await look()
  expect(told('Услуги: очередь снова короткая, ждут 1')).toBe(1)
})

test('it survives a restart: another replica tells nothing again', async () => {
  const before = told(/⚠️|✅/)
  await house.replica()
  await look()
  expect(told(/⚠️|✅/)).toBe(before)
})

test('what could not be handled is told, and that it is mended', async () => {
  await house.db.run(`insert into inbox (key, lane, state) values ('tg:broken', 'private:1', 'quarantined')`)
  await look()
  expect(told('Не обработано сообщений: 1')).toBe(1)
  await house.db.run(`delete from inbox where key = 'tg:broken'`)
  await look()
  expect(told('Необработанных сообщений больше нет')).toBe(1)
})

test('what does not go out is told; what is put off on purpose is not', async () => {
  await house.db.run(
    `insert into outbox (key, lane, kind, priority, state, owner, lease_until, created_at, not_before)
     select 'late:' || n, 'citizen:' || 900 + n, 'send', 3, 'sending', 'nobody', now() + interval '1 hour',
       now() - interval '10 min', case when n > 9 then now() + interval '1 day' else now() - interval '10 min' end
     from generate_series(1, 12) n`,
  )
  await look()
  expect(told('Не уходят сообщения')).toBe(0)
  await house.db.run(`update outbox set not_before = now() - interval '10 min' where key = 'late:12'`)
  await look()
  expect(told('Не уходят сообщения: 10')).toBe(1)
  await house.db.run(`delete from outbox where key like 'late:%'`)
  await look()
  expect(told('Сообщения снова уходят')).toBe(1)
})

test('a desk that ran and could not look for minutes says so when it can again', async () => {
  const uptime = vi.spyOn(process, 'uptime').mockReturnValue(60)
  await house.db.run(`update alerts set since = now() - interval '7 minutes' where kind = 'beat'`)
  await look()
  // It was switched off.
  expect(told('не мог работать с базой данных')).toBe(0)
  uptime.mockReturnValue(3_600)
  await look()
  expect(told('не мог работать с базой данных')).toBe(0)
  await house.db.run(`update alerts set since = now() - interval '7 minutes' where kind = 'beat'`)
  await look()
  await look()
  expect(told('Бот около 7 мин не мог работать с базой данных')).toBe(1)
  uptime.mockRestore()
})

test('of rounds that come every minute only the last is kept', async () => {
  await look()
  await look()
  const kept = await house.db.run(`select key from inbox where key like 'timer:watch:2020-%' order by key`)
  expect(kept.map(({ key }) => key)).toEqual([`timer:watch:2020-01-01T00:${String(looks).padStart(2, '0')}`])
})
