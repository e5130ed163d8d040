import type { Entity } from '../text/clean.ts'
import { caption } from '../text/formatted.ts'

export type CaptionParams = { caption?: string; parse_mode?: string; caption_entities?: Entity[] }

/** The words below a file, as a message keeps them. */
export const captionContent = ({ caption: text = '', parse_mode, caption_entities }: CaptionParams) => {
  const formatted = caption({ text, parseMode: parse_mode, entities: caption_entities })
  if (formatted.text === '') return {}
  const { entities } = formatted
  return { caption: formatted.text, ...(entities.length > 0 ? { caption_entities: entities } : {}) }
}
