import { millisecondsOf } from '@haidang/contracts/instant'
import type { Task, TaskState } from '@haidang/contracts/task'
import { useLingui } from '@lingui/react/macro'
import { Pill, type Tone } from '../../components/pill.tsx'
import { Time, useNow } from '../../components/time.tsx'
import { useWords } from '../../language/use-words.ts'
import { isUnfinished } from './unfinished.ts'

const tones: Record<TaskState, Tone> = {
  open: 'neutral',
  doing: 'accent',
  returned: 'high',
  done: 'good',
  cancelled: 'neutral',
}

/** How far a task is, and that it waits for another. */
export function TaskPill({ task }: { task: Pick<Task, 'state' | 'blocked'> }) {
  const { t } = useLingui()
  const { label } = useWords()
  return (
    <>
      <Pill tone={tones[task.state]}>{label('taskState', task.state)}</Pill>
      {task.blocked && isUnfinished(task) ? <Pill tone="medium">{t`Chờ việc khác`}</Pill> : null}
    </>
  )
}

/** Who is to do it. */
export function TaskAssigneeName({ task }: { task: Task }) {
  const { t } = useLingui()
  const { assignee_name, assignee_organisation_name } = task
  if (assignee_name) {
    return (
      <>
        {assignee_name}
        {assignee_organisation_name ? ` · ${assignee_organisation_name}` : ''}
      </>
    )
  }
  return <>{assignee_organisation_name ?? t`Chưa giao`}</>
}

/** By when, marked where that is over. */
export function TaskDue({ task }: { task: Pick<Task, 'due_at' | 'state'> }) {
  const now = useNow()
  if (task.due_at === null) return <span className="text-ink-3">—</span>
  const late = isUnfinished(task) && millisecondsOf(task.due_at) < now
  return <Time at={task.due_at} className={late ? 'font-medium text-critical' : 'text-ink-2'} />
}
