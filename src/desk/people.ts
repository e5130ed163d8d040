import type { Desk, Line } from './desk.ts'
import type { Operator } from './operators.ts'
import { isOnline, type Presence, type Shift } from './shifts.ts'

/** Somebody of the desk, and how they stand right now. */
export type Colleague = Operator & Shift & { capacity: number | null; online: boolean; room: boolean }

type Row = Omit<Operator, 'roles' | 'lines'> & {
  roles: string
  lines: string
  presence: Presence | null
  since: string | null
  capacity: number | null
  inHand: number
}

/** Everybody with a role, those at work first. */
export const everybody = async (desk: Desk, only: number | null = null): Promise<Colleague[]> => {
  const rows = await desk.db.run<Row>(
    `select o.id, o.external_id as "externalId", o.name, o.state, o.presence, o.presence_at::text as since, o.capacity,
       coalesce((select json_agg(r.role order by r.role)::text from roles r where r.operator_id = o.id), '[]') as roles,
       coalesce((select json_agg(l.line order by n.position) from operator_lines l join lines n on n.id = l.line
         where l.operator_id = o.id)::text, '[]') as lines,
       (select count(*)::int from appeals a where a.owner_id = o.id and a.closed_at is null) as "inHand"
     from operators o
     where o.state = 'active' and (o.id = $1 or ($1::bigint is null and exists (select 1 from roles r where r.operator_id = o.id)))
     order by o.presence is not distinct from 'online' desc, o.presence is not distinct from 'break' desc, o.name, o.id`,
    [only],
  )
  return rows.map((row) => colleague(desk, row))
}

export const find = async (desk: Desk, id: number): Promise<Colleague | null> => (await everybody(desk, id))[0] ?? null

export const worksIn = ({ lines }: Pick<Operator, 'lines'>, line: Line): boolean =>
  lines.length === 0 || lines.includes(line)

const colleague = (desk: Desk, row: Row): Colleague => {
  const since = row.since === null ? null : new Date(row.since)
  const most = row.capacity ?? desk.texts().people.capacity
  return {
    ...row,
    roles: JSON.parse(row.roles),
    lines: JSON.parse(row.lines),
    since,
    most,
    online: isOnline(desk, { presence: row.presence, since }),
    room: row.inHand < most,
  }
}
