import type { InlineKeyboardButton } from 'grammy/types'
import { type Button, button } from '../buttons.ts'
import type { Ctx } from '../context.ts'

/** The button of the conversation or screen that an entry leads to. */
export const offerOf = (ctx: Ctx, flow: string | null): InlineKeyboardButton | null => {
  const offered = OFFERS[flow ?? '']
  return offered ? button(ctx.t(offered.label), offered.to) : null
}

const OFFERS: Record<string, { label: string; to: Button }> = {
  contest: { label: 'button.contest', to: { verb: 'contest' } },
  feedback: { label: 'button.feedback', to: { verb: 'feedback' } },
  operator: { label: 'button.ask_operator', to: { verb: 'operator' } },
  appeals: { label: 'button.my_appeals', to: { verb: 'appeals' } },
  fault: { label: 'button.fault', to: { verb: 'go', to: 'fault' } },
  complaint: { label: 'button.complaint', to: { verb: 'go', to: 'complaint' } },
  callback: { label: 'button.callback', to: { verb: 'go', to: 'callback' } },
  recovery: { label: 'button.recovery', to: { verb: 'go', to: 'recovery' } },
  status: { label: 'button.status', to: { verb: 'go', to: 'status' } },
  prepare: { label: 'button.prepare', to: { verb: 'go', to: 'prepare' } },
  questions: { label: 'button.questions', to: { verb: 'go', to: 'questions' } },
  mfc: { label: 'button.mfc', to: { verb: 'go', to: 'mfc' } },
  service: { label: 'button.service', to: { verb: 'go', to: 'service' } },
  sources: { label: 'button.sources', to: { verb: 'go', to: 'sources' } },
  email: { label: 'button.email', to: { verb: 'go', to: 'email' } },
  aid: { label: 'button.aid', to: { verb: 'go', to: 'aid' } },
  check: { label: 'button.check', to: { verb: 'go', to: 'check' } },
  report: { label: 'button.report_fraud', to: { verb: 'go', to: 'report' } },
}
