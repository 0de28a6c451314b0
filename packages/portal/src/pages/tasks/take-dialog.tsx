import type { Incident } from '@haidang/contracts/incident'
import type { PlaybookContent } from '@haidang/contracts/playbook'
import type { Task } from '@haidang/contracts/task'
import { useLingui } from '@lingui/react/macro'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { api } from '../../api/api.ts'
import { Asked } from '../../components/asked.tsx'
import { Field, Select } from '../../components/field.tsx'
import { noErrors, text } from '../../components/form.ts'
import { FormDialog } from '../../components/form-dialog.tsx'
import { say } from '../../components/toast.tsx'
import { useWords } from '../../language/use-words.ts'
import { AssigneeFields, assigneeIn } from './assignee-fields.tsx'
import { tasksOf } from './task-query.ts'

interface TakeDialogProps {
  readonly incident: Incident
  readonly onClose: () => void
}

/** What may be taken over: a national template, or a version of a playbook. */
interface Choice extends Pick<PlaybookContent, 'name' | 'types' | 'tasks'> {
  readonly id: string
  /** Said behind its name where it is a playbook. */
  readonly from: string
}

/** Takes the tasks of a template or playbook over: those for the type of the incident stand first. */
export function TakeDialog({ incident, onClose }: TakeDialogProps) {
  const { t } = useLingui()
  const { language, number } = useWords()
  const client = useQueryClient()
  const [chosen, setChosen] = useState('')
  const query = useQuery({
    queryKey: ['task-templates'],
    queryFn: ({ signal }) => api.tasks.templates({}, signal),
  })
  const playbooks = useQuery({
    queryKey: ['playbooks', 'for', incident.id],
    queryFn: ({ signal }) => api.playbooks.forIncident({ params: { id: incident.id } }, signal),
  })
  const own = useQuery(tasksOf(incident.id))
  const take = useMutation({
    mutationFn: (form: FormData) =>
      api.tasks.take({
        params: { id: incident.id },
        body: { template: text(form, 'template'), assignee: assigneeIn(form) },
      }),
    onSuccess: ({ added }) => {
      say(t`Đã thêm việc theo mẫu: ${number(added)}`)
      void client.invalidateQueries({ queryKey: ['tasks'] })
      onClose()
    },
  })
  return (
    <FormDialog
      title={t`Lấy việc theo phương án`}
      about={t`Việc nào sự cố đã có từ phương án này thì không thêm lần nữa, kể cả từ bản trước.`}
      wrong={noErrors}
      saving={take}
      act={t`Thêm các việc`}
      onSend={(form) => take.mutate(form)}
      onClose={onClose}
    >
      <div className="sm:col-span-2">
        <Asked query={query}>
          {(templates) => (
            <Asked query={playbooks}>
              {({ items }) => {
                const fits = ({ types }: Choice) =>
                  types.length === 0 ? 1 : types.includes(incident.type) ? 0 : 2
                const sorted = (all: readonly Choice[]) => all.toSorted((a, b) => fits(a) - fits(b))
                const plans = sorted(
                  items.map(({ id, version, organisation_name, content }) => ({
                    ...content,
                    id,
                    from: ` · ${organisation_name} · ${t`bản ${version}`}`,
                  })),
                )
                const national = sorted(templates.items.map((one) => ({ ...one, from: '' })))
                const all = [...plans, ...national]
                const shown = all.find(({ id }) => id === chosen) ?? all[0]
                const options = (of: readonly Choice[]) =>
                  of.map(({ id, name, from }) => (
                    <option key={id} value={id}>
                      {name[language]}
                      {from}
                    </option>
                  ))
                return (
                  <>
                    <Field label={t`Phương án hoặc mẫu`}>
                      <Select
                        name="template"
                        value={shown?.id ?? ''}
                        onChange={(event) => setChosen(event.currentTarget.value)}
                      >
                        {plans.length > 0 ? (
                          <optgroup label={t`Phương án ứng cứu`}>{options(plans)}</optgroup>
                        ) : null}
                        <optgroup label={t`Mẫu quốc gia`}>{options(national)}</optgroup>
                      </Select>
                    </Field>
                    {shown ? <Taken choice={shown} had={own.data?.items ?? []} /> : null}
                  </>
                )
              }}
            </Asked>
          )}
        </Asked>
      </div>
      <AssigneeFields />
    </FormDialog>
  )
}

/** The tasks of what is chosen; those the incident has already are marked. */
function Taken({ choice, had }: { choice: Choice; had: readonly Task[] }) {
  const { t } = useLingui()
  const { language } = useWords()
  const known = new Set(
    had.filter((task) => task.template_id === choice.id).map((task) => task.template_task),
  )
  return (
    <ol className="list-decimal pt-3 pl-5 text-13">
      {choice.tasks.map(({ id, title, clause }) => (
        <li key={id} className={known.has(id) ? 'text-ink-3' : ''}>
          {title[language]}
          {clause ? <span className="text-12 text-ink-3"> · {clause}</span> : null}
          {known.has(id) ? <span className="text-12"> · {t`đã có`}</span> : null}
        </li>
      ))}
    </ol>
  )
}
