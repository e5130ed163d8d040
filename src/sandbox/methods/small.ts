import type { Content } from '../post.ts'
import { badRequest } from '../refusal.ts'
import type { Params } from '../schema.ts'
import { type SendParams, send } from '../sending.ts'
import { wellFormed } from '../text/formatted.ts'
import type { World } from '../world.ts'

/** Messages that are neither text nor file. */
export const sendLocation = (world: World, params: Params) => {
  const { latitude, longitude } = params as { latitude: number; longitude: number }
  if (Math.abs(latitude) > 90 || Math.abs(longitude) > 180) throw badRequest('wrong location specified')
  return send(world, params as SendParams, { what: 'locations', content: { location: { latitude, longitude } } })
}

export const sendVenue = (world: World, params: Params) => {
  const { latitude, longitude, title, address } = params as {
    latitude: number
    longitude: number
    title: string
    address: string
  }
  if (Math.abs(latitude) > 90 || Math.abs(longitude) > 180) throw badRequest('wrong location specified')
  if (!title) throw badRequest('venue title must be non-empty')
  if (!address) throw badRequest('venue address must be non-empty')
  const location = { latitude, longitude }
  const venue = { location, title: wellFormed(title), address: wellFormed(address) }
  return send(world, params as SendParams, { what: 'locations', content: { location, venue } })
}

export const sendContact = (world: World, params: Params) => {
  const { phone_number, first_name, last_name } = params as Record<string, string>
  if (!phone_number) throw badRequest('phone number is empty')
  if (!first_name) throw badRequest('first name is empty')
  const contact = { phone_number, first_name: wellFormed(first_name), ...(last_name ? { last_name } : {}) }
  return send(world, params as SendParams, { what: 'contacts', content: { contact } })
}

export const sendPoll = (world: World, params: Params) => {
  const { question, options } = params as { question: string; options: { text: string }[] }
  return send(world, params as SendParams, { what: 'polls', content: { poll: pollOf(world, question, options) } })
}

export const pollOf = (world: World, question: string, options: { text: string }[]): NonNullable<Content['poll']> => {
  if (question.trim() === '') throw badRequest('poll question must be non-empty')
  if ([...question].length > 300) throw badRequest('poll question length must not exceed 300')
  if (options.length < 1) throw badRequest('poll must have at least 1 option')
  if (options.length > 12) throw badRequest("poll can't have more than 12 options")
  for (const { text } of options) {
    if (text.trim() === '') throw badRequest('poll option must be non-empty')
    if ([...text].length > 100) throw badRequest('poll options length must not exceed 100')
  }
  const poll = {
    id: String(world.store.next('poll', 1)),
    question,
    options: options.map(({ text }, index) => ({ persistent_id: String(index), text, voter_count: 0 })),
    total_voter_count: 0,
    is_closed: false,
    is_anonymous: true,
    type: 'regular',
    allows_multiple_answers: false,
  }
  return poll
}

const faces: Record<string, number> = { '🎲': 6, '🎯': 6, '🎳': 6, '🏀': 5, '⚽': 5, '🎰': 64 }

export const sendDice = (world: World, params: Params) => {
  const emoji = String(params.emoji ?? '🎲')
  const sides = faces[emoji]
  if (sides === undefined) throw badRequest('wrong dice emoji specified')
  return send(world, params as SendParams, {
    what: 'dice',
    content: { dice: { emoji, value: (world.seconds() % sides) + 1 } },
  })
}
