import type { TaskBulkAct } from '@haidang/contracts/task'
import { useLingui } from '@lingui/react/macro'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { api } from '../../api/api.ts'
import { Button } from '../../components/button.tsx'
import { Field, Input, Textarea } from '../../components/field.tsx'
import { noErrors, text } from '../../components/form.ts'
import { FormDialog } from '../../components/form-dialog.tsx'
import { SelectionBar } from '../../components/selection-bar.tsx'
import { say } from '../../components/toast.tsx'
import { instantOfInput } from '../../format/instant.ts'
import { useWords } from '../../language/use-words.ts'
import { AssigneeFields, assigneeIn } from './assignee-fields.tsx'

interface TaskBulkProps {
  readonly ids: readonly string[]
  readonly onClear: () => void
}

function actIn(form: FormData, act: TaskBulkAct['act']): TaskBulkAct {
  if (act === 'assign') return { act, assignee: assigneeIn(form) }
  if (act === 'due') return { act, due_at: instantOfInput(text(form, 'due_at')) ?? null }
  return { act, note: text(form, 'note').trim() }
}

/** Gives, dates or drops the chosen tasks, all or none. */
export function TaskBulk({ ids, onClear }: TaskBulkProps) {
  const { t } = useLingui()
  const { number } = useWords()
  const client = useQueryClient()
  const [asked, setAsked] = useState<TaskBulkAct['act'] | null>(null)
  const close = () => setAsked(null)
  const run = useMutation({
    mutationFn: (act: TaskBulkAct) => api.tasks.bulk({ body: { ids: [...ids], act } }),
    onSuccess: ({ changed }) => {
      say(t`Số việc đã sửa: ${number(changed)}`)
      void client.invalidateQueries({ queryKey: ['tasks'] })
      close()
      onClear()
    },
  })
  const words = {
    assign: t`Giao các việc đã chọn`,
    due: t`Đặt hạn cho các việc đã chọn`,
    cancel: t`Bỏ các việc đã chọn`,
  }
  return (
    <>
      <SelectionBar count={ids.length} onClear={onClear}>
        <Button size="small" onClick={() => setAsked('assign')}>{t`Giao…`}</Button>
        <Button size="small" onClick={() => setAsked('due')}>{t`Đặt hạn…`}</Button>
        <Button size="small" look="danger" onClick={() => setAsked('cancel')}>{t`Bỏ…`}</Button>
      </SelectionBar>
      {asked ? (
        <FormDialog
          title={words[asked]}
          wrong={noErrors}
          saving={run}
          onSend={(form) => run.mutate(actIn(form, asked))}
          onClose={close}
        >
          {asked === 'assign' ? <AssigneeFields /> : null}
          {asked === 'due' ? (
            <Field label={t`Hạn`} help={t`Để trống: không có hạn`}>
              <Input name="due_at" type="datetime-local" data-first />
            </Field>
          ) : null}
          {asked === 'cancel' ? (
            <Field label={t`Vì sao không cần làm`} className="sm:col-span-2">
              <Textarea name="note" maxLength={4000} data-first />
            </Field>
          ) : null}
        </FormDialog>
      ) : null}
    </>
  )
}
