import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { keptModel, type Library, nameOf } from '../../../src/desk/answers/kept-model.ts'
import { createLearning } from '../../../src/desk/answers/learning.ts'
import { trainModel } from '../../../src/desk/answers/model.ts'

const entry = (id: string, ask: string[]) => ({ id, lang: 'ru', title: '', answer: '', ask, words: [] })
const library = (...more: string[]): Library => ({
  phrases: [
    entry('code', ['код не приходит', 'нет смс с кодом', 'сообщение с кодом не дошло', ...more]),
    entry('password', ['забыл пароль', 'не помню пароль', 'пароль вылетел из головы']),
    entry('status', ['где посмотреть статус', 'на какой стадии заявка']),
    entry('fee', ['сколько стоит звонок', 'звонок платный']),
    entry('none', ['какая погода завтра', 'рецепт борща']),
  ],
  concepts: { forget: 'забыл, не помню, запамятовал', password: 'пароль, пасс, password' },
})
let dir = ''
let trained = 0
const train = ({ phrases, concepts }: Library) => {
  trained += 1
  return { model: Promise.resolve(trainModel(phrases, concepts)), stop: () => {} }
}

beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'models-'))
  trained = 0
})
afterEach(() => rm(dir, { recursive: true, force: true }))

describe('what is learnt', () => {
  test('knows a meaning that no phrase spells out', async () => {
    const learning = createLearning({ dir, train })
    await learning.learn(library())
    expect(learning.finder().find('запамятовала пасс').entries[0]?.id).toBe('password')
  })

  test('finds what stands beside an entry word for word, however vague it is', async () => {
    const vague = library('не выходит')
    const learning = createLearning({ dir, train })
    await learning.learn(vague)
    expect(learning.finder().find('Не выходит!').verdict).not.toBe('none')
    expect(learning.finder().find('рецепт борща').verdict).toBe('none')
  })

  test('is the same each time and scores add up to at most one', () => {
    const { phrases, concepts } = library()
    const model = trainModel(phrases, concepts)
    expect(trainModel(phrases, concepts)).toEqual(model)
    expect(model.weights.length).toBe(model.keys.length * model.ids.length)
  })

  test('is kept by the hash of its content and learnt once', async () => {
    await createLearning({ dir, train }).learn(library())
    await createLearning({ dir, train }).learn(library())
    expect(trained).toBe(1)
    expect(await keptModel(dir, nameOf(library()))).not.toBeNull()
    await createLearning({ dir, train }).learn(library('код пропал'))
    expect(trained).toBe(2)
  })

  test('is learnt anew when the file is damaged, and old files go', async () => {
    await writeFile(join(dir, `${nameOf(library())}.model`), 'not a model')
    for (const more of ['1', '2', '3', '4']) await createLearning({ dir, train }).learn(library(more))
    await createLearning({ dir, train }).learn(library())
    expect(trained).toBe(5)
    expect((await readdir(dir)).length).toBe(3)
  })
})

describe('while it is learning', () => {
  const never = () => ({ model: new Promise<never>(() => {}), stop: () => {} })

  test('a simple search answers', () => {
    const learning = createLearning({ dir, train: never })
    void learning.learn(library())
    expect(learning.finder().find('код не приходит').verdict).toBe('answer')
  })

  test('the newest words win over what was begun before', async () => {
    const waiting: (() => void)[] = []
    const slow = (one: Library) => ({
      model: new Promise<ReturnType<typeof trainModel>>((resolve) => {
        waiting.push(() => resolve(trainModel(one.phrases, one.concepts)))
      }),
      stop: () => {},
    })
    const learning = createLearning({ dir, train: slow })
    const first = learning.learn(library())
    await expect.poll(() => waiting.length).toBe(1)
    const second = learning.learn({
      ...library(),
      phrases: [...library().phrases, entry('new', ['совсем новая запись'])],
    })
    await expect.poll(() => waiting.length).toBe(2)
    for (const finish of waiting.reverse()) finish()
    await Promise.all([first, second])
    expect(learning.finder().find('совсем новая запись').entries[0]?.id).toBe('new')
  })

  test('a failure is told and the simple search stays', async () => {
    const told: unknown[] = []
    const broken = () => ({ model: Promise.reject(new Error('no memory')), stop: () => {} })
    const learning = createLearning({ dir, train: broken, onTrouble: (error) => told.push(error) })
    await learning.learn(library())
    expect(told).toHaveLength(1)
    expect(learning.finder().find('забыл пароль').entries[0]?.id).toBe('password')
  })
})

test('a thread of its own learns, and nobody waits for it', async () => {
  const compiled = new URL('../../../dist/desk/answers/learning.js', import.meta.url).href
  const { createLearning: create } = (await import(compiled)) as typeof import('../../../src/desk/answers/learning.ts')
  const told: unknown[] = []
  const learning = create({ dir, onTrouble: (error) => told.push(error) })
  const learnt = learning.learn(library())
  expect(learning.finder().find('забыл пароль').entries[0]?.id).toBe('password')
  await learnt
  await learning.close()
  expect(told).toEqual([])
  expect(await readdir(dir)).toEqual([`${nameOf(library())}.model`])
})
