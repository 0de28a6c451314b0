import { Tlp } from '@haidang/contracts/tlp'
import { useLingui } from '@lingui/react/macro'
import { useQuery } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { api } from '../../api/api.ts'
import { Asked } from '../../components/asked.tsx'
import { Field, Select } from '../../components/field.tsx'
import { noErrors, text } from '../../components/form.ts'
import { FormDialog } from '../../components/form-dialog.tsx'
import { TlpOptions } from '../../components/options.tsx'
import { useWords } from '../../language/use-words.ts'
import { usePlaybookAct } from './use-playbook.ts'

/** Begins a playbook with a national template, or with another playbook in force. */
export function CopyDialog({ onClose }: { onClose: () => void }) {
  const { t } = useLingui()
  const { language } = useWords()
  const navigate = useNavigate()
  const templates = useQuery({
    queryKey: ['task-templates'],
    queryFn: ({ signal }) => api.tasks.templates({}, signal),
  })
  const playbooks = useQuery({
    queryKey: ['playbooks', 'to-copy'],
    queryFn: ({ signal }) =>
      api.playbooks.list({ query: { limit: 200, filter: 'state:in_force' } }, signal),
  })
  const copy = usePlaybookAct(
    (form: FormData) => {
      const chosen = text(form, 'from')
      const from = chosen.startsWith('plb_') ? { playbook: chosen } : { template: chosen }
      return api.playbooks.copy({ body: { from, tlp: Tlp.parse(text(form, 'tlp')) } })
    },
    t`Đã tạo bản nháp`,
    ({ id }) => void navigate({ to: '/playbooks/$id/edit', params: { id } }),
  )
  return (
    <FormDialog
      title={t`Soạn từ mẫu có sẵn`}
      about={t`Bản sao là của đơn vị bạn: sửa tùy ý, không đổi theo bản gốc.`}
      wrong={noErrors}
      saving={copy}
      act={t`Tạo bản nháp`}
      onSend={(form) => copy.mutate(form)}
      onClose={onClose}
    >
      <Asked query={templates}>
        {({ items }) => (
          <Asked query={playbooks}>
            {(written) => (
              <Field label={t`Bắt đầu từ`} className="sm:col-span-2">
                <Select name="from">
                  <optgroup label={t`Mẫu quốc gia`}>
                    {items.map(({ id, name }) => (
                      <option key={id} value={id}>
                        {name[language]}
                      </option>
                    ))}
                  </optgroup>
                  <optgroup label={t`Phương án có hiệu lực`}>
                    {written.items.map(({ id, name, organisation_name }) => (
                      <option key={id} value={id}>
                        {name[language]} · {organisation_name}
                      </option>
                    ))}
                  </optgroup>
                </Select>
              </Field>
            )}
          </Asked>
        )}
      </Asked>
      <Field label="TLP" help={t`Bản sao không được phổ biến rộng hơn bản gốc.`}>
        <Select name="tlp" defaultValue="amber">
          <TlpOptions />
        </Select>
      </Field>
    </FormDialog>
  )
}
