import { Api } from 'grammy'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { createKeyring } from '../../src/db/keyring.ts'
import type { Desk } from '../../src/desk/desk.ts'
import type { Letter } from '../../src/desk/letters.ts'
import { createLog } from '../../src/log.ts'
import type { Outcome } from '../../src/mail/deliver.ts'
import type { Kind, OutboxRow } from '../../src/mail/outbox.ts'
import { clientOptions } from '../../src/telegram/bot.ts'
import { createDeliver } from '../../src/telegram/deliver.ts'
import { loadTexts } from '../../src/texts.ts'
import { delivered, takenAppeal } from '../appeal.ts'
import { album, photo, sends } from '../citizen.ts'
import { DATA_KEY, GROUP, type House, openHouse, TOKEN } from '../house.ts'
import { untilSo } from '../people.ts'
import { CASES, type Class } from './refusal-texts.ts'

vi.setConfig({ testTimeout: 300_000, hookTimeout: 120_000 })

let house: House
let desk: Desk
let deliver: (row: OutboxRow) => Promise<Outcome>
let letters: Sample[] = []
type Sample = { name: string; lane: string; kind: Kind; letter: Letter; sending: boolean; before?: string }

const texts = loadTexts()
beforeAll(async () => {
  house = await openHouse({ replicas: 0 })
  desk = { db: house.db, keys: createKeyring(house.db, DATA_KEY), log: createLog('silent'), texts: () => texts }
  deliver = createDeliver({ api: new Api(TOKEN, clientOptions(house.url)), desk })
  letters = await samples()
  for (const table of KEPT) await house.db.run(`create table kept_${table} as select * from ${table}`)
})
afterAll(() => house.stop())

/** What a refusal may change; each case begins where the first began. */
const KEPT = ['desks', 'citizens', 'appeals', 'topics', 'copies', 'messages']
const asBefore = async () => {
  house.sandbox.clearFaults()
  await house.db.transaction(async (tx) => {
    await tx.run('set local session_replication_role = replica')
    await tx.run('delete from outbox')
    await tx.run('delete from pace')
    for (const table of KEPT) {
      await tx.run(`delete from ${table}`)
      await tx.run(`insert into ${table} overriding system value select * from kept_${table}`)
    }
  })
}

/** A day of one appeal, after which the desk stops: its letters are then delivered by hand. */
const samples = async (): Promise<Sample[]> => {
  const running = await house.replica()
  const { citizen, desk: petr } = await takenAppeal(house.sandbox)
  const asked = citizen.says('Вопрос')
  await petr.hears(/^Вопрос$/)
  await delivered(house.sandbox, petr.says('Ответ'))
  sends(house.sandbox, citizen, photo)
  sends(house.sandbox, citizen, album('a.pdf', 'b.pdf'))
  await untilSo('all to be sent', async () => {
    const [row] = await house.db.run<{ n: number }>(
      `select count(*)::int as n from messages m where exists (select 1 from copies c where c.message_id = m.id)`,
    )
    return (row?.n ?? 0) >= 5
  })
  // It is drawn at the end of a slot of fifteen seconds.
  await untilSo(
    'the board',
    async () => (await house.db.run('select 1 from boards where message is not null')).length > 0,
    40_000,
  )
  await running.stop()
  const [appeal] = await house.db.run<{ id: number; citizen: number; card: number }>(
    `select a.id, a.citizen_id as citizen, t.card_message as card from appeals a join topics t on t.appeal_id = a.id`,
  )
  const said = await house.db.run<{ id: number; author: string; album: string | null; message: number; chat: number }>(
    'select id, author, album, origin_message as message, origin_chat as chat from messages order by id',
  )
  const ofCitizen = said.filter(({ author }) => author === 'citizen')
  const text = ofCitizen.find(({ message }) => message === asked.message_id)?.id ?? 0
  const answer = said.findLast(({ author }) => author === 'operator')?.id ?? 0
  const [parts] = ofCitizen.filter(({ album: one }) => one !== null)
  const picture = ofCitizen.filter(({ id, album: one }) => one === null && id > text)[0]?.id ?? 0
  const { id = 0, citizen: person = 0, card = 0 } = appeal ?? {}
  const [here, there] = [`appeal:${id}`, `citizen:${person}`]
  const [board] = await house.db.run<{ id: number }>('select id from desks')
  const sending = { kind: 'send', sending: true } as const
  return [
    { name: 'words to a citizen', lane: there, letter: { type: 'phrase', phrase: 'set_aside.citizen' }, ...sending },
    { name: 'words to a topic', lane: here, letter: { type: 'phrase', phrase: 'set_aside.topic' }, ...sending },
    { name: 'an answer', lane: there, letter: { type: 'relay', message: answer }, ...sending },
    { name: 'a message', lane: here, letter: { type: 'relay', message: text }, ...sending },
    { name: 'a photo', lane: here, letter: { type: 'relay', message: picture }, kind: 'media', sending: true },
    {
      name: 'an album',
      lane: here,
      letter: { type: 'album', chat: parts?.chat ?? 0, album: parts?.album ?? '' },
      kind: 'album',
      sending: true,
    },
    { name: 'an edit', lane: here, letter: { type: 'edit', message: text }, kind: 'edit', sending: false },
    {
      name: 'a new card',
      lane: here,
      letter: { type: 'card', appeal: id, first: true },
      before: 'update topics set card_message = null',
      ...sending,
    },
    {
      name: 'a changed card',
      lane: here,
      letter: { type: 'card', appeal: id },
      before: `update topics set card_hash = ''`,
      kind: 'edit',
      sending: false,
    },
    {
      name: 'a mark',
      lane: here,
      letter: { type: 'mark', chat: GROUP, message: card, emoji: '👌' },
      kind: 'react',
      sending: false,
    },
    {
      name: 'a topic',
      lane: here,
      letter: { type: 'topic', appeal: id, gen: 1 },
      before: 'update topics set thread_id = null',
      kind: 'topic_open',
      sending: true,
    },
    {
      name: 'a topic opened again',
      lane: here,
      letter: { type: 'closed', appeal: id, closed: false },
      kind: 'topic_close',
      sending: false,
    },
    { name: 'a new name', lane: here, letter: { type: 'name', appeal: id }, kind: 'topic_rename', sending: false },
    {
      name: 'a transcript',
      lane: there,
      letter: { type: 'transcript', appeal: id, at: Date.now() },
      kind: 'media',
      sending: true,
    },
    {
      name: 'my data',
      lane: there,
      letter: { type: 'mydata', citizen: person, format: 'json' },
      kind: 'media',
      sending: true,
    },
    {
      name: 'a board',
      lane: `board:${board?.id}`,
      letter: { type: 'board', desk: board?.id ?? 0, first: false },
      before: `update boards set shown = ''`,
      kind: 'edit',
      sending: false,
    },
  ]
}

const rowOf = async ({ name, lane, kind, letter }: Sample, n: number): Promise<OutboxRow> => ({
  id: 1_000_000 + n,
  place: 1_000_000 + n,
  key: `proof:${name}:${n}`,
  lane,
  kind,
  payload: desk.keys.own(letter),
  payload_version: 1,
  priority: 2,
  attempt: 1,
  repeated: 0,
  chat: null,
  cause: null,
  weight: 1,
})

const run = async (sample: Sample, n: number): Promise<{ outcome: Outcome; calls: string[] }> => {
  if (sample.before) await house.db.run(sample.before)
  const since = house.sandbox.journal().last
  const outcome = await deliver(await rowOf(sample, n))
  const { entries, refused } = house.sandbox.journal(since)
  return { outcome, calls: [...entries, ...refused].sort((a, b) => a.seq - b.seq).map(({ method }) => method) }
}

/** Which ends a refusal may lead to; written from the promise, not from the code. */
const ends = (is: Class, { lane, sending }: Sample): Outcome['kind'][] => {
  const citizens = lane.startsWith('citizen:')
  const appeals = lane.startsWith('appeal:')
  switch (is) {
    case 'unclear':
      return [sending ? 'ambiguous' : 'again']
    case 'not-sent':
    case 'moved':
    case 'conflict':
      return ['again']
    case 'flood':
    case 'bot-away':
      return ['silence']
    case 'topic-lost':
      return [appeals ? 'again' : 'failed']
    case 'done':
    case 'topic-closed':
    case 'left-out':
      return ['sent']
    case 'group-away':
      return ['silence', 'again']
    case 'unreachable':
      return appeals ? ['silence', 'again'] : citizens ? ['failed'] : ['failed', 'silence']
    case 'refused':
      return ['failed']
  }
}

test('every method × every refusal: no throw, the promised end, nothing dropped without a word', async () => {
  let n = 0
  const met = new Set<string>()
  const wrong: string[] = []
  for (const sample of letters) {
    await asBefore()
    const { outcome: calm, calls } = await run(sample, ++n)
    expect(calm.kind, sample.name).toBe('sent')
    expect(calls.length, sample.name).toBeGreaterThan(0)
    for (const method of new Set(calls)) {
      for (const { is, says, answer } of CASES) {
        await asBefore()
        house.sandbox.fault({ method, answer })
        const { outcome } = await run(sample, ++n)
        met.add(method)
        if (!ends(is, sample).includes(outcome.kind)) {
          wrong.push(`${sample.name} · ${method} · ${says}: ${JSON.stringify(outcome)}`)
        }
        if (is === 'flood') expect(outcome).toMatchObject({ seconds: 10_072, flood: true })
        if (outcome.kind === 'failed' && sample.letter.type === 'relay') {
          const told = await house.db.run(`select key from outbox where key = $1`, [`failed:${1_000_000 + n}`])
          expect(told, `${sample.name} · ${says}: its author`).toHaveLength(1)
        }
      }
    }
  }
  process.stdout.write(`error texts: ${n} deliveries, methods ${[...met].sort().join(' ')}\n`)
  expect(wrong).toEqual([])
})
