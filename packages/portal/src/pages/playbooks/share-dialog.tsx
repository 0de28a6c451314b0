import type { Playbook } from '@haidang/contracts/playbook'
import { Tlp } from '@haidang/contracts/tlp'
import { useLingui } from '@lingui/react/macro'
import { api } from '../../api/api.ts'
import { Check, Field, Select } from '../../components/field.tsx'
import { errorsOf, text } from '../../components/form.ts'
import { FormDialog } from '../../components/form-dialog.tsx'
import { TlpOptions } from '../../components/options.tsx'
import { usePlaybookAct } from './use-playbook.ts'

/** Says how widely a playbook may be told, and whether organisations below use it. */
export function ShareDialog({ playbook, onClose }: { playbook: Playbook; onClose: () => void }) {
  const { t } = useLingui()
  const { id, revision } = playbook
  const share = usePlaybookAct(
    (form: FormData) =>
      api.playbooks.share({
        params: { id },
        body: {
          revision,
          tlp: Tlp.parse(text(form, 'tlp')),
          for_subordinates: form.has('for_subordinates'),
        },
      }),
    t`Đã lưu`,
    onClose,
  )
  return (
    <FormDialog
      title={t`Phổ biến phương án`}
      about={t`Đơn vị cấp dưới chỉ thấy bản đã ban hành, lấy được cho sự cố và tạo bản sao, không sửa được.`}
      wrong={errorsOf(share.error)}
      saving={share}
      onSend={(form) => share.mutate(form)}
      onClose={onClose}
    >
      <Field label="TLP" help={t`Lấy được cho sự cố có TLP bằng hoặc chặt hơn.`}>
        <Select name="tlp" defaultValue={playbook.tlp}>
          <TlpOptions />
        </Select>
      </Field>
      <Check
        name="for_subordinates"
        defaultChecked={playbook.for_subordinates}
        className="sm:col-span-2"
      >
        {t`Cho đơn vị cấp dưới dùng (TLP:AMBER trở xuống)`}
      </Check>
    </FormDialog>
  )
}
