import type { Appeal } from './appeals.ts'
import type { Desk } from './desk.ts'

/** One thing that happened to an appeal, or was said in it; never what was said. */
export type Happened = {
  at: Date
  kind: string
  who: 'citizen' | 'operator' | 'desk'
  name: string | null
  line: string | null
}
type Row = Omit<Happened, 'at'> & { at: string }

/** Oldest first, a page at a time, and whether there is more. */
export const page = async (
  desk: Desk,
  appeal: Pick<Appeal, 'id'>,
  { from, most }: { from: number; most: number },
): Promise<{ happened: Happened[]; more: boolean }> => {
  const rows = await desk.db.run<Row>(PAGE, [appeal.id, from, most + 1])
  return { happened: rows.slice(0, most).map((row) => ({ ...row, at: new Date(row.at) })), more: rows.length > most }
}

const PAGE = `
  select x.at, x.kind, o.name, x.line,
    case when x.operator_id is not null then 'operator' when x.citizen then 'citizen' else 'desk' end as who
  from (
    select e.at, e.kind, e.operator_id, e.citizen_id is not null as citizen, e.data ->> 'to' as line, e.id, 0 as rank
    from events e where e.appeal_id = $1
    union all
    select m.created_at, 'message_' || case when m.version > 1 then 'edited' else m.state end, m.operator_id,
      m.author = 'citizen', null, m.id, 1
    from messages m where m.appeal_id = $1
  ) x left join operators o on o.id = x.operator_id
  order by x.at, x.rank, x.id offset $2 limit $3`
