import { useLingui } from '@lingui/react/macro'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { api } from '../../api/api.ts'
import { useOrganisations } from '../../api/organisations.ts'
import { useMe } from '../../api/session.ts'
import { Asked } from '../../components/asked.tsx'
import { Button } from '../../components/button.tsx'
import { Acts, Dialog } from '../../components/dialog.tsx'
import { ErrorSummary } from '../../components/error-summary.tsx'
import { Field, Input, Select } from '../../components/field.tsx'
import { errorsOf, submitted, text } from '../../components/form.ts'
import { useWords } from '../../language/use-words.ts'

interface BeginDialogProps {
  /** The organisation it is about; one chooses where it is not told. */
  readonly organisation?: { readonly id: string; readonly name: string }
  readonly onClose: () => void
}

/** Which form, for whom, and from what: the registers, or a file of one. */
export function BeginDialog({ organisation, onClose }: BeginDialogProps) {
  const { t } = useLingui()
  const { language } = useWords()
  const navigate = useNavigate()
  const client = useQueryClient()
  const me = useMe()
  const organisations = useOrganisations(organisation)
  const query = useQuery({
    queryKey: ['forms', 'definitions'],
    queryFn: ({ signal }) => api.forms.definitions({}, signal),
  })
  const begin = useMutation({
    mutationFn: async (form: FormData) => {
      const about = { use: text(form, 'use'), subject: text(form, 'subject') }
      const file = form.get('file')
      if (!(file instanceof File) || file.size === 0) return api.forms.begin({ body: about })
      const said = JSON.parse(await file.text())
      return (await api.forms.import({ body: { ...about, file: said } })).form
    },
    onSuccess: ({ id }) => {
      void client.invalidateQueries({ queryKey: ['forms', 'list'] })
      void navigate({ to: '/forms/$id', params: { id } })
    },
  })
  const wrong = errorsOf(begin.error)
  return (
    <Dialog open onClose={onClose} title={t`Lập biểu mẫu`}>
      <Asked query={query}>
        {({ items }) => (
          <form onSubmit={submitted((form) => begin.mutate(form))} className="flex flex-col gap-4">
            <ErrorSummary errors={wrong} error={begin.error} />
            <Field label={t`Biểu mẫu`} error={wrong['use']}>
              <Select name="use" data-first>
                {items
                  .filter(({ about }) => about === 'organisation')
                  .map(({ use, number, title }) => (
                    <option key={use} value={use}>
                      {number} · {title[language]}
                    </option>
                  ))}
              </Select>
            </Field>
            <Field label={t`Tổ chức`} error={wrong['subject']}>
              <Select name="subject" defaultValue={organisation?.id ?? me.person.organisation_id}>
                {organisations.map(({ id, name }) => (
                  <option key={id} value={id}>
                    {name}
                  </option>
                ))}
              </Select>
            </Field>
            <Field
              label={t`Nhập từ tệp JSON`}
              optional={t`không bắt buộc`}
              help={t`Không chọn tệp: điền sẵn từ danh bạ`}
            >
              <Input name="file" type="file" accept="application/json,.json" className="py-1" />
            </Field>
            <Acts>
              <Button look="primary" type="submit" busy={begin.isPending}>{t`Lập biểu mẫu`}</Button>
              <Button look="quiet" onClick={onClose}>{t`Thôi`}</Button>
            </Acts>
          </form>
        )}
      </Asked>
    </Dialog>
  )
}
