import { type Task, TaskDraft } from '@haidang/contracts/task'
import { useLingui } from '@lingui/react/macro'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { api } from '../../api/api.ts'
import { Check, Field, Input, Textarea } from '../../components/field.tsx'
import { lines, text, useWrong } from '../../components/form.ts'
import { FormDialog } from '../../components/form-dialog.tsx'
import { say } from '../../components/toast.tsx'
import { inputTime, instantOfInput } from '../../format/instant.ts'
import { AssigneeFields, assigneeIn } from './assignee-fields.tsx'

interface TaskDialogProps {
  readonly incidentId: string
  /** The task to change; a new one unless given. */
  readonly task?: Task
  /** Tasks of the incident it may depend on. */
  readonly others: readonly Task[]
  readonly onClose: () => void
}

function checklistIn(form: FormData, before: Task['checklist']): Task['checklist'] {
  const used = new Set(before.map(({ id }) => id))
  let free = 0
  const next = () => {
    do free += 1
    while (used.has(`c${free}`))
    return `c${free}`
  }
  return lines(form, 'checklist').map((words) => {
    const old = before.find((item) => item.text === words)
    return old ?? { id: next(), text: words, done: false }
  })
}

/** Writes a task, or changes one. */
export function TaskDialog({ incidentId, task, others, onClose }: TaskDialogProps) {
  const { t } = useLingui()
  const client = useQueryClient()
  const { wrong, refused, checked } = useWrong()
  const save = useMutation({
    mutationFn: (draft: TaskDraft) =>
      task
        ? api.tasks.change({ params: { id: task.id }, body: { ...draft, version: task.version } })
        : api.tasks.add({ params: { id: incidentId }, body: draft }),
    onSuccess: ({ title }) => {
      say(task ? t`Đã sửa việc: ${title}` : t`Đã thêm việc: ${title}`)
      void client.invalidateQueries({ queryKey: ['tasks'] })
      onClose()
    },
    onError: refused,
  })
  const send = (form: FormData) => {
    const due = text(form, 'due_at')
    const draft = {
      title: text(form, 'title'),
      details: text(form, 'details'),
      assignee: assigneeIn(form),
      due_at: due ? instantOfInput(due) : null,
      checklist: checklistIn(form, task?.checklist ?? []),
      depends_on: form.getAll('depends_on').map(String),
    }
    checked(TaskDraft.safeParse(draft), (whole) => save.mutate(whole))
  }
  const names = { title: t`Việc phải làm`, due_at: t`Hạn`, checklist: t`Danh mục kiểm tra` }
  const may = others.filter(({ id }) => id !== task?.id)
  return (
    <FormDialog
      title={task ? t`Sửa việc` : t`Thêm việc`}
      names={names}
      wrong={wrong}
      saving={save}
      act={task ? t`Lưu việc` : t`Thêm việc`}
      onSend={send}
      onClose={onClose}
    >
      <Field label={names.title} error={wrong['title']} className="sm:col-span-2">
        <Input name="title" maxLength={300} defaultValue={task?.title} data-first />
      </Field>
      <Field
        label={t`Làm thế nào`}
        optional={t`không bắt buộc`}
        error={wrong['details']}
        className="sm:col-span-2"
      >
        <Textarea name="details" maxLength={10_000} defaultValue={task?.details} />
      </Field>
      <AssigneeFields
        organisationId={task?.assignee_organisation_id ?? null}
        personId={task?.assignee_id ?? null}
      />
      <Field label={names.due_at} optional={t`không bắt buộc`} error={wrong['due_at']}>
        <Input
          name="due_at"
          type="datetime-local"
          defaultValue={task?.due_at ? inputTime(task.due_at) : ''}
        />
      </Field>
      <Field
        label={names.checklist}
        optional={t`không bắt buộc`}
        help={t`Mỗi dòng một điều phải kiểm tra`}
        error={wrong['checklist']}
        className="sm:col-span-2"
      >
        <Textarea
          name="checklist"
          defaultValue={task?.checklist.map((item) => item.text).join('\n')}
        />
      </Field>
      {may.length > 0 ? (
        <fieldset className="flex max-h-40 flex-col overflow-y-auto sm:col-span-2">
          <legend className="font-medium text-13">{t`Chỉ làm được khi đã xong`}</legend>
          {may.map(({ id, title }) => (
            <Check
              key={id}
              name="depends_on"
              value={id}
              defaultChecked={task?.depends_on.includes(id)}
            >
              {title}
            </Check>
          ))}
        </fieldset>
      ) : null}
    </FormDialog>
  )
}
