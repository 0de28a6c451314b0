import type { Task } from '@haidang/contracts/task'
import { useLingui } from '@lingui/react/macro'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { getRouteApi, Link } from '@tanstack/react-router'
import { useEffect, useState } from 'react'
import { api } from '../../api/api.ts'
import { useDescribe } from '../../api/describe.ts'
import { useMay } from '../../api/session.ts'
import { Asked } from '../../components/asked.tsx'
import { Button } from '../../components/button.tsx'
import { Fact, Facts } from '../../components/facts.tsx'
import { Check } from '../../components/field.tsx'
import { Identifier } from '../../components/identifier.tsx'
import { ObjectHead, TwoColumns } from '../../components/object-head.tsx'
import { Page, Section } from '../../components/page.tsx'
import { SimulatedMark, TlpLabel } from '../../components/pill.tsx'
import { Time } from '../../components/time.tsx'
import { complain } from '../../components/toast.tsx'
import { remember } from '../../shell/recent.ts'
import { TaskActs } from './task-acts.tsx'
import { TaskDialog } from './task-dialog.tsx'
import { tasksOf } from './task-query.ts'
import { TaskAssigneeName, TaskDue, TaskPill } from './task-words.tsx'
import { isUnfinished } from './unfinished.ts'

const route = getRouteApi('/shell/tasks/$id')

/** One task: what is wanted, by when, and the way to say that it is done. */
export function TaskPage() {
  const { t } = useLingui()
  const { id } = route.useParams()
  const query = useQuery({
    queryKey: ['tasks', 'one', id],
    queryFn: ({ signal }) => api.tasks.get({ params: { id } }, signal),
  })
  return (
    <Page title={query.data?.title ?? t({ message: 'Việc', context: 'task' })}>
      <Asked query={query}>{(task) => <Body task={task} />}</Asked>
    </Page>
  )
}

function Body({ task }: { task: Task }) {
  const { t } = useLingui()
  const may = useMay()
  const { id, incident_number: number, title } = task
  useEffect(
    () => remember({ path: `/tasks/${id}`, title: `${number} ${title}`, draft: false }),
    [id, number, title],
  )
  const seesIncident = task.incident_title !== null
  const handles = seesIncident && task.mine && may('incident.handle')
  return (
    <>
      <ObjectHead
        line={
          <>
            <span className="font-mono text-ink-2">{number}</span>
            <TaskPill task={task} />
            <TlpLabel tlp={task.tlp} />
            {task.simulated ? <SimulatedMark /> : null}
            <span className="text-ink-2">
              {t`Hạn`}: <TaskDue task={task} />
            </span>
          </>
        }
        title={title}
        acts={<TaskActs task={task} handles={handles} />}
      />
      <TwoColumns
        story={
          <>
            {task.details ? (
              <p className="max-w-[70ch] whitespace-pre-wrap text-15">{task.details}</p>
            ) : null}
            <Checklist task={task} />
            {task.note ? (
              <Section title={t`Báo cáo gần nhất`}>
                <p className="max-w-[70ch] whitespace-pre-wrap py-2 text-15">{task.note}</p>
              </Section>
            ) : null}
          </>
        }
        facts={
          <Section title={t`Thông tin`} acts={handles ? <EditButton task={task} /> : null}>
            <Facts>
              <Fact name={t`Sự cố`}>
                {seesIncident ? (
                  <Link
                    to="/incidents/$id"
                    params={{ id: task.incident_id }}
                    className="text-accent hover:underline"
                  >
                    {number} · {task.incident_title}
                  </Link>
                ) : (
                  number
                )}
              </Fact>
              <Fact name={t`Giao cho`}>
                <TaskAssigneeName task={task} />
              </Fact>
              <Fact name={t`Hạn`}>
                {task.due_at ? <Time at={task.due_at} as="absolute" /> : '—'}
              </Fact>
              {task.clause ? <Fact name={t`Điều khoản`}>{task.clause}</Fact> : null}
              <Fact name={t`Người lập`}>{task.created_by_name}</Fact>
              {task.done_at ? (
                <Fact name={t`Kết thúc`}>
                  {task.done_by_name} · <Time at={task.done_at} as="absolute" />
                </Fact>
              ) : null}
              <Fact name={t`Mã`}>
                <Identifier value={id} />
              </Fact>
            </Facts>
          </Section>
        }
      />
    </>
  )
}

function EditButton({ task }: { task: Task }) {
  const { t } = useLingui()
  const [open, setOpen] = useState(false)
  const { data } = useQuery(tasksOf(task.incident_id))
  return (
    <>
      <Button size="small" onClick={() => setOpen(true)}>{t`Sửa, giao…`}</Button>
      {open ? (
        <TaskDialog
          incidentId={task.incident_id}
          task={task}
          others={data?.items ?? []}
          onClose={() => setOpen(false)}
        />
      ) : null}
    </>
  )
}

function Checklist({ task }: { task: Task }) {
  const { t } = useLingui()
  const client = useQueryClient()
  const describe = useDescribe()
  const tick = useMutation({
    mutationFn: (body: { item: string; done: boolean }) =>
      api.tasks.tick({ params: { id: task.id }, body }),
    onSuccess: (after) => {
      client.setQueryData(['tasks', 'one', task.id], after)
      void client.invalidateQueries({ queryKey: ['tasks', 'of'] })
    },
    onError: (error) => complain(describe(error).title),
  })
  if (task.checklist.length === 0) return null
  const done = task.checklist.filter((item) => item.done).length
  return (
    <Section title={t`Danh mục kiểm tra`} count={`${done}/${task.checklist.length}`}>
      <ul className="flex flex-col py-2">
        {task.checklist.map((item) => (
          <li key={item.id}>
            <Check
              checked={item.done}
              disabled={!task.mine || !isUnfinished(task) || tick.isPending}
              onChange={(event) =>
                tick.mutate({ item: item.id, done: event.currentTarget.checked })
              }
              className="text-15"
            >
              {item.text}
            </Check>
          </li>
        ))}
      </ul>
    </Section>
  )
}
