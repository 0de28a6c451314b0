import type { Incident } from '@haidang/contracts/incident'
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

interface TakeDialogProps {
  readonly incident: Incident
  readonly onClose: () => void
}

/** Takes the tasks of a template over: those for the type of the incident stand first. */
export function TakeDialog({ incident, onClose }: TakeDialogProps) {
  const { t } = useLingui()
  const { language, number } = useWords()
  const client = useQueryClient()
  const [chosen, setChosen] = useState('')
  const query = useQuery({
    queryKey: ['task-templates'],
    queryFn: ({ signal }) => api.tasks.templates({}, signal),
  })
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
      title={t`Lấy việc theo mẫu`}
      about={t`Việc nào sự cố đã có từ mẫu này thì không thêm lần nữa.`}
      wrong={noErrors}
      saving={take}
      act={t`Thêm các việc`}
      onSend={(form) => take.mutate(form)}
      onClose={onClose}
    >
      <div className="sm:col-span-2">
        <Asked query={query}>
          {({ items }) => {
            const fits = (types: readonly string[]) =>
              types.length === 0 ? 1 : types.includes(incident.type) ? 0 : 2
            const sorted = items.toSorted((a, b) => fits(a.types) - fits(b.types))
            const shown = sorted.find(({ id }) => id === chosen) ?? sorted[0]
            return (
              <>
                <Field label={t`Mẫu`}>
                  <Select
                    name="template"
                    value={shown?.id ?? ''}
                    onChange={(event) => setChosen(event.currentTarget.value)}
                  >
                    {sorted.map(({ id, name }) => (
                      <option key={id} value={id}>
                        {name[language]}
                      </option>
                    ))}
                  </Select>
                </Field>
                <ol className="list-decimal pt-3 pl-5 text-13">
                  {shown?.tasks.map(({ id, title, clause }) => (
                    <li key={id}>
                      {title[language]}
                      {clause ? <span className="text-12 text-ink-3"> · {clause}</span> : null}
                    </li>
                  ))}
                </ol>
              </>
            )
          }}
        </Asked>
      </div>
      <AssigneeFields />
    </FormDialog>
  )
}
