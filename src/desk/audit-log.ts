import type { AuditAction } from './audit.ts'
import type { Desk } from './desk.ts'

/** An entry as it is read: names instead of ids, as far as they are still known. */
export type Logged = {
  id: number
  at: Date
  actor: 'citizen' | 'operator' | 'system'
  name: string | null
  action: AuditAction
  number: string | null
  subject: string | null
  data: Record<string, string | number | boolean | null>
  sealed: boolean
}
/** Of one appeal, or by or about one person of the desk; `before` is where the last page ended. */
export type Filter = { appeal?: number; operator?: number; before?: number }

type Row = Omit<Logged, 'at' | 'data'> & { at: string; data: string }

/** Newest first. */
export const page = async (desk: Desk, { appeal, operator, before }: Filter, most: number): Promise<Logged[]> => {
  const wanted: [string, number][] = [
    ...(before ? [['a.id < ?', before] as [string, number]] : []),
    ...(appeal ? [['a.appeal_id = ?', appeal] as [string, number]] : []),
    ...(operator ? [[BY_OR_ABOUT, operator] as [string, number]] : []),
  ]
  const where = wanted.map(([condition], at) => condition.replaceAll('?', `$${at + 2}`)).join(' and ') || 'true'
  const rows = await desk.db.run<Row>(`${ENTRIES} where ${where} order by a.id desc limit $1`, [
    most,
    ...wanted.map(([, value]) => value),
  ])
  return rows.map((row) => ({ ...row, at: new Date(row.at), data: JSON.parse(row.data) }))
}

/** Who of the desk is called that: by id of the messenger, or by the beginning of the name; null when it is not one person. */
export const personNamed = async (desk: Desk, word: string): Promise<{ id: number; name: string } | null> => {
  const rows = await desk.db.run<{ id: number; name: string }>(
    `select id, name from operators where external_id::text = $1 or starts_with(lower(name), lower($1)) limit 2`,
    [word],
  )
  return rows.length === 1 ? (rows[0] ?? null) : null
}

const BY_OR_ABOUT = "((a.actor = 'operator' and a.actor_id = ?) or a.operator_id = ?)"
const ENTRIES = `
  select a.id, a.at::text as at, a.actor, o.name, a.action, p.number, s.name as subject, a.data::text as data,
    a.position is not null as sealed
  from audit a
  left join operators o on a.actor = 'operator' and o.id = a.actor_id
  left join operators s on s.id = a.operator_id
  left join appeals p on p.id = a.appeal_id`
