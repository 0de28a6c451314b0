import type { DeadlineSubject } from '@haidang/contracts/deadline'
import type { Permission } from '@haidang/contracts/permission'
import type { Caller } from '@haidang/runtime/caller'
import { type SQL, sql } from 'drizzle-orm'

/** Who asks, and when. */
interface Asked {
  readonly caller: Caller
  readonly now: string
  /** Kinds of acts the caller may approve for others. */
  readonly approves: readonly string[]
}

/** What the caller may be wanted for: a statement for each source, all with the columns of `work` in their order. */
export function sourcesOf({ caller, now, approves }: Asked): SQL[] {
  const may = (permission: Permission) => caller.permissions.has(permission)
  const due: DeadlineSubject[] = []
  if (may('incident.read')) due.push('incident')
  if (may('incident-report.read')) due.push('incident-report')
  return [
    ...(may('task.read') ? [tasks(caller)] : []),
    ...(may('order.answer') ? [orders(caller)] : []),
    ...(may('advisory.answer') ? [advisories(caller)] : []),
    ...efforts(caller),
    ...(may('deadline.read') && due.length > 0 ? [deadlines(caller, due)] : []),
    ...(approves.length > 0 ? [approvals(caller, approves, now)] : []),
  ]
}

/** Tasks to do; what was returned is wanted from who handles the incident, of one nobody has from all who may. */
function tasks({ person_id, organisation_id, permissions, scope }: Caller): SQL {
  const me = sql`${person_id ?? ''}`
  const handles = permissions.has('incident.handle')
  const own = scope.organisations === 'all' ? null : [...scope.organisations]
  const held = sql`(${handles} and (${own === null}
    or t.organisation_id = any(${sql.param(own ?? [])}::text[])))`
  const given = sql`t.state in ('open', 'doing')
    and (t.assignee_id = ${me} or t.assignee_organisation_id = ${organisation_id})`
  return sql`
    select 'task', t.id, t.id, t.incident_number, t.title, t.title, t.created_by_name, t.state,
      coalesce(t.assignee_id = ${me}, false) or (t.state = 'returned' and i.assignee_id is not null),
      t.assignee_id, t.tlp_rank, coalesce(t.due_at, 'infinity'), t.simulated, t.version,
      ${permissions.has('task.answer')} and t.state <> 'returned'
        and (coalesce(t.assignee_id, ${me}) = ${me} or ${held})
        and t.id not in (select haidang_tasks_blocked(array(
          select t.id from task t where ${given} and cardinality(t.depends_on) > 0)))
    from task t left join incident i on i.id = t.incident_id
    where (${given})
      or (t.state = 'returned' and (i.assignee_id = ${me} or (i.assignee_id is null and ${held})))`
}

/** Orders whose next step is the organisation’s; who has a node takes it there. */
function orders({ organisation_id }: Caller): SQL {
  return sql`
    select 'order', o.id, o.id, o.number, o.title, o.title, o.organisation_name, a.step, false, null,
      o.tlp_rank, coalesce(a.due_at, 'infinity'), o.simulated, o.version,
      a.step in ('issued', 'delivered', 'read')
    from order_addressee a join coordination_order o on o.id = a.order_id
    where a.organisation_id = ${organisation_id} and a.withdrawn_at is null and o.state = 'issued'
      and a.role <> 'for_information' and (o.remote or not a.over_link)
      and a.step in ('issued', 'delivered', 'read', 'accepted', 'acting', 'returned')`
}

/** Advisories nobody has answered, or that concern the organisation and are not mended; who has a node does it there. */
function advisories({ organisation_id }: Caller): SQL {
  const title = (language: 'vi' | 'en') => sql`d.content -> 'title' ->> ${language}`
  return sql`
    select 'advisory', d.id, d.id, d.number, ${title('vi')},
      coalesce(nullif(${title('en')}, ''), ${title('vi')}), d.organisation_name, a.step, false, null,
      a.tlp_rank, coalesce(a.due_at, 'infinity'), d.simulated, d.version, false
    from advisory_addressee a join advisory d on d.id = a.advisory_id
    where a.organisation_id = ${organisation_id} and d.state <> 'cancelled'
      and (d.remote or not a.over_link)
      and (a.step in ('issued', 'delivered', 'read', 'returned')
        or (a.step = 'assessed' and a.assessment in ('affected', 'need_help')))`
}

/** Effort sheets whose next step is one the caller may take, for the side the caller is on. */
function efforts({ permissions, organisation_id, person_id, scope }: Caller): SQL[] {
  const turns = [
    ...(permissions.has('effort.submit')
      ? [
          sql`(s.organisation_id = ${organisation_id} and s.state in ('draft', 'returned', 'checked'))`,
        ]
      : []),
    ...(permissions.has('effort.check')
      ? [sql`(s.issuer_id = ${organisation_id} and s.state = 'submitted')`]
      : []),
    ...(permissions.has('effort.approve')
      ? [
          sql`(s.issuer_id = ${organisation_id} and s.state in ('agreed', 'approved')
            and (s.state = 'approved' or not s.checkers && array[${scope.actor.id}, ${person_id ?? ''}]))`,
        ]
      : []),
  ]
  if (turns.length === 0) return []
  return [
    sql`
    select 'effort', s.id, s.id, s.order_number, s.order_title, s.order_title, s.organisation_name,
      s.state, false, null, s.tlp_rank, 'infinity'::timestamptz, s.simulated, s.version, false
    from effort_sheet s where ${sql.join(turns, sql` or `)}`,
  ]
}

/** What a regulation makes due. Orders stand for themselves. */
function deadlines({ person_id, organisation_id }: Caller, kinds: readonly DeadlineSubject[]): SQL {
  const me = sql`${person_id ?? ''}`
  return sql`
    select 'deadline', l.id, l.subject_id, l.subject_label, l.name ->> 'vi', l.name ->> 'en', '', l.state,
      coalesce(l.assignee_id = ${me}, false), l.assignee_id, l.tlp_rank,
      coalesce(l.due_at, 'infinity'), l.simulated, 0, false
    from deadline l
    where l.state in ('running', 'passed') and l.subject_kind = any(${sql.param([...kinds])}::text[])
      and (l.organisation_id = ${organisation_id} or l.assignee_id = ${me})`
}

/** Acts of others that wait for a second person. */
function approvals({ person_id, scope }: Caller, kinds: readonly string[], now: string): SQL {
  const me = sql`${person_id ?? ''}`
  return sql`
    select 'approval', r.id, r.id, '', r.kind, r.kind, r.asked_by, r.state, true, null, r.tlp_rank,
      r.expires_at, false, 0, false
    from approval_request r
    where r.state = 'open' and r.expires_at > ${now} and r.kind = any(${sql.param([...kinds])}::text[])
      and r.asked_by_id <> ${scope.actor.id} and r.behind_id <> ${me}
      and not jsonb_exists(r.also_behind, ${me})`
}
