import type { Incident } from '@haidang/contracts/incident'
import type { Task } from '@haidang/contracts/task'
import { useLingui } from '@lingui/react/macro'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { api } from '../../api/api.ts'
import { usePages } from '../../api/pages.ts'
import { useRefusal } from '../../api/refusal-text.ts'
import { useMay } from '../../api/session.ts'
import { Asked } from '../../components/asked.tsx'
import { Button } from '../../components/button.tsx'
import { anyOf } from '../../components/filter-tree.ts'
import { MoreRows } from '../../components/more-rows.tsx'
import { Section } from '../../components/page.tsx'
import { LoadingRows } from '../../components/states.tsx'
import { TaskBulk } from './bulk-acts.tsx'
import { progressOf } from './playbook-progress.ts'
import { TakeDialog } from './take-dialog.tsx'
import { TaskDialog } from './task-dialog.tsx'
import { tasksOf } from './task-query.ts'
import { TaskAssigneeName, TaskDue, TaskPill } from './task-words.tsx'
import { isUnfinished } from './unfinished.ts'

/** What is to be done about an incident, by whom, until when. */
export function IncidentTasks({ incident }: { incident: Incident }) {
  const { t } = useLingui()
  const may = useMay()
  const refusal = useRefusal()
  const [asked, setAsked] = useState<'add' | 'take' | null>(null)
  const filter = anyOf('incident_id', [incident.id, ...incident.merged_ids])
  const { query, items } = usePages({
    queryKey: ['tasks', 'family', filter],
    read: (cursor, signal) =>
      api.tasks.list({ query: { limit: 200, cursor, filter, sort: 'position' } }, signal),
    enabled: may('task.read'),
  })
  const own = useQuery({ ...tasksOf(incident.id), enabled: asked === 'add' })
  if (!may('task.read')) return null
  const done = items.filter((task) => !isUnfinished(task)).length
  const known = items.length > 0 && !query.hasNextPage
  const live = incident.state !== 'closed' && incident.state !== 'rejected'
  const adds = live && incident.merged_into === null
  const close = () => setAsked(null)
  return (
    <Section
      title={t`Việc phải làm`}
      count={known ? t`${done}/${items.length} đã xong` : undefined}
      acts={
        adds ? (
          <>
            <Button
              size="small"
              refusal={refusal('incident.handle')}
              onClick={() => setAsked('take')}
            >{t`Theo phương án…`}</Button>
            <Button
              size="small"
              refusal={refusal('incident.handle')}
              onClick={() => setAsked('add')}
            >{t`Thêm việc…`}</Button>
          </>
        ) : null
      }
    >
      {known ? <Progress tasks={items} /> : null}
      <Asked query={query} loading={<LoadingRows rows={3} />}>
        {() => <TaskList tasks={items} choosable={live && may('incident.handle')} />}
      </Asked>
      <MoreRows query={query} />
      {asked === 'add' ? (
        <TaskDialog incidentId={incident.id} others={own.data?.items ?? []} onClose={close} />
      ) : null}
      {asked === 'take' ? <TakeDialog incident={incident} onClose={close} /> : null}
    </Section>
  )
}

/** How far each playbook taken over is. */
function Progress({ tasks }: { tasks: readonly Task[] }) {
  const { t } = useLingui()
  const taken = progressOf(tasks)
  if (taken.length === 0) return null
  return (
    <ul
      aria-label={t`Phương án đã lấy`}
      className="grid gap-x-6 gap-y-1 py-2 text-13 sm:grid-cols-2"
    >
      {taken.map(({ id, name, version, done, all }) => (
        <li key={id} className="flex min-w-0 items-center gap-2">
          {id.startsWith('plb_') ? (
            <Link to="/playbooks/$id" params={{ id }} className="truncate hover:underline">
              {name}
            </Link>
          ) : (
            <span className="truncate">{name}</span>
          )}
          {version === null ? null : (
            <span className="shrink-0 text-12 text-ink-3">{t`bản ${version}`}</span>
          )}
          <progress
            className="h-1.5 min-w-12 flex-1 accent-accent"
            aria-label={name}
            value={done}
            max={all}
          />
          <span className="shrink-0 tabular-nums">{t`${done}/${all} đã xong`}</span>
        </li>
      ))}
    </ul>
  )
}

function TaskList({ tasks, choosable }: { tasks: readonly Task[]; choosable: boolean }) {
  const { t } = useLingui()
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set())
  const ids = tasks.filter((task) => isUnfinished(task) && chosen.has(task.id)).map(({ id }) => id)
  const toggle = (id: string) =>
    setChosen((old) => {
      const next = new Set(old)
      if (!next.delete(id)) next.add(id)
      return next
    })
  if (tasks.length === 0) {
    return (
      <p className="py-2 text-ink-3">{t`Chưa có việc nào. Lấy theo phương án hoặc thêm từng việc.`}</p>
    )
  }
  return (
    <>
      <ul className="divide-y divide-line">
        {tasks.map((task) => (
          <li key={task.id} className="flex items-start gap-3 py-2">
            {choosable && isUnfinished(task) ? (
              <input
                type="checkbox"
                className="mt-1"
                aria-label={t`Chọn việc: ${task.title}`}
                checked={chosen.has(task.id)}
                onChange={() => toggle(task.id)}
              />
            ) : null}
            <div className="min-w-0 flex-1">
              <Link
                to="/tasks/$id"
                params={{ id: task.id }}
                className="break-words font-medium hover:underline"
              >
                {task.title}
              </Link>
              <p className="flex flex-wrap items-center gap-x-3 gap-y-1 text-12 text-ink-2">
                <TaskPill task={task} />
                <span>
                  <TaskAssigneeName task={task} />
                </span>
                <span>
                  {t`Hạn`}: <TaskDue task={task} />
                </span>
                {task.checklist.length > 0 ? (
                  <span>
                    ☑ {task.checklist.filter((item) => item.done).length}/{task.checklist.length}
                  </span>
                ) : null}
              </p>
            </div>
          </li>
        ))}
      </ul>
      <TaskBulk ids={ids} onClear={() => setChosen(new Set())} />
    </>
  )
}
