import type { Task, TaskState } from '@haidang/contracts/task'
import { useLingui } from '@lingui/react/macro'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { api } from '../../api/api.ts'
import { Button } from '../../components/button.tsx'
import { say } from '../../components/toast.tsx'
import { useKeys } from '../../keys/keyboard.ts'
import { printed } from '../../keys/sheet.ts'
import { useWords } from '../../language/use-words.ts'
import { ReasonDialog } from '../orders/reason-dialog.tsx'
import { isUnfinished } from './unfinished.ts'

/** Says how far a task is; what it says is shown at once. */
function useTaskMove(task: Pick<Task, 'id' | 'version'>, onDone?: () => void) {
  const { label } = useWords()
  const client = useQueryClient()
  return useMutation({
    mutationFn: ({ state, note }: { state: TaskState; note: string }) =>
      api.tasks.move({ params: { id: task.id }, body: { state, note, version: task.version } }),
    onSuccess: (after) => {
      client.setQueryData(['tasks', 'one', task.id], after)
      for (const key of ['tasks', 'my-work']) void client.invalidateQueries({ queryKey: [key] })
      say(`${after.title}: ${label('taskState', after.state)}`)
      onDone?.()
    },
  })
}

interface TaskActsProps {
  readonly task: Task
  /** Whether the reader handles the incident of it. */
  readonly handles: boolean
}

/** What can be said of a task now: the expected first. */
export function TaskActs({ task, handles }: TaskActsProps) {
  const { t } = useLingui()
  const [asked, setAsked] = useState<TaskState | null>(null)
  if (isUnfinished(task)) {
    return (
      <>
        <ProgressActs task={task} onAsk={setAsked} />
        {handles ? (
          <Button look="danger" onClick={() => setAsked('cancelled')}>{t`Bỏ việc…`}</Button>
        ) : null}
        {asked ? <MoveDialog task={task} to={asked} onClose={() => setAsked(null)} /> : null}
      </>
    )
  }
  if (!handles) return null
  return (
    <>
      <Button onClick={() => setAsked('open')}>{t`Làm lại…`}</Button>
      {asked ? <MoveDialog task={task} to={asked} onClose={() => setAsked(null)} /> : null}
    </>
  )
}

function ProgressActs({ task, onAsk }: { task: Task; onAsk: (state: TaskState) => void }) {
  const { t } = useLingui()
  const move = useTaskMove(task)
  const wrong = task.mine ? undefined : t`Việc này giao cho người khác`
  const waits = task.blocked ? t`Việc phải làm trước chưa xong` : wrong
  useKeys({ primary: waits ? undefined : () => onAsk('done') })
  return (
    <>
      <Button
        look="primary"
        keys={printed('primary')}
        refusal={waits}
        onClick={() => onAsk('done')}
      >{t`Xong việc…`}</Button>
      {task.state === 'doing' ? null : (
        <Button
          refusal={waits}
          busy={move.isPending}
          onClick={() => move.mutate({ state: 'doing', note: '' })}
        >{t`Bắt đầu làm`}</Button>
      )}
      {task.state === 'returned' ? null : (
        <Button refusal={wrong} onClick={() => onAsk('returned')}>{t`Không làm được…`}</Button>
      )}
    </>
  )
}

interface MoveDialogProps {
  readonly task: Pick<Task, 'id' | 'version'> & { readonly title: string }
  readonly to: TaskState
  readonly onClose: () => void
}

/** Asks for the words that go with it. */
export function MoveDialog({ task, to, onClose }: MoveDialogProps) {
  const { t } = useLingui()
  const move = useTaskMove(task, onClose)
  const words: Record<TaskState, { title: string; label: string; optional: boolean }> = {
    done: { title: t`Xong việc`, label: t`Kết quả`, optional: true },
    returned: { title: t`Trả lại việc`, label: t`Vì sao không làm được`, optional: false },
    cancelled: { title: t`Bỏ việc`, label: t`Vì sao không cần làm`, optional: false },
    open: { title: t`Làm lại việc`, label: t`Lý do`, optional: true },
    doing: { title: t`Bắt đầu làm`, label: t`Ghi chú`, optional: true },
  }
  const { title, label, optional } = words[to]
  return (
    <ReasonDialog
      title={title}
      about={task.title}
      label={label}
      optional={optional}
      act={title}
      busy={move.isPending}
      error={move.error}
      onSend={(note) => move.mutate({ state: to, note })}
      onClose={onClose}
    />
  )
}
