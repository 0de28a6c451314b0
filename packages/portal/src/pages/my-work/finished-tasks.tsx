import type { Task } from '@haidang/contracts/task'
import { useLingui } from '@lingui/react/macro'
import { Link } from '@tanstack/react-router'
import { api } from '../../api/api.ts'
import { usePages } from '../../api/pages.ts'
import { useMe } from '../../api/session.ts'
import { ListStates } from '../../components/list-states.tsx'
import { MoreRows } from '../../components/more-rows.tsx'
import { gutter } from '../../components/page.tsx'
import { Empty } from '../../components/states.tsx'
import { Time } from '../../components/time.tsx'
import { TaskPill } from '../tasks/task-words.tsx'

/** Tasks of the reader and their organisation that are over, the last first. */
export function FinishedTasks() {
  const { t } = useLingui()
  const { person } = useMe()
  const mine = `assignee_id:${person.id} or assignee_organisation_id:${person.organisation_id}`
  const filter = `(state:done or state:cancelled) and (${mine})`
  const pages = usePages({
    queryKey: ['tasks', 'finished', filter],
    read: (cursor, signal) =>
      api.tasks.list({ query: { limit: 50, cursor, filter, sort: '-updated_at' } }, signal),
  })
  const { query, items } = pages
  return (
    <ListStates pages={pages} empty={<Empty title={t`Chưa có việc nào đã xong`} />}>
      <ul className={`divide-y divide-line ${gutter}`}>
        {items.map((task) => (
          <FinishedTask key={task.id} task={task} />
        ))}
      </ul>
      <MoreRows query={query} />
    </ListStates>
  )
}

function FinishedTask({ task }: { task: Task }) {
  const { id, title, incident_number, done_by_name, done_at } = task
  return (
    <li className="flex flex-wrap items-center gap-x-3 gap-y-1 py-3 text-13">
      <TaskPill task={task} />
      <Link
        to="/tasks/$id"
        params={{ id }}
        className="min-h-6 min-w-0 break-words font-medium hover:underline"
      >
        {title}
      </Link>
      <span className="font-mono text-12 text-ink-2">{incident_number}</span>
      <span className="text-ink-2">{done_by_name}</span>
      {done_at ? <Time at={done_at} className="ml-auto text-12 text-ink-3" /> : null}
    </li>
  )
}
