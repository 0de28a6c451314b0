import type { EffortPayment, EffortSheet } from '@haidang/contracts/effort'
import { useLingui } from '@lingui/react/macro'
import { api } from '../../api/api.ts'
import { Field, Input, Select } from '../../components/field.tsx'
import { text, useWrong } from '../../components/form.ts'
import { FormDialog } from '../../components/form-dialog.tsx'
import { NamedOptions } from '../../components/options.tsx'
import { inputTime, secondsFromNow } from '../../format/instant.ts'
import { useWords } from '../../language/use-words.ts'
import { useEffortAct, useEffortRules } from './use-effort.ts'

/** Records that an approved sheet was paid: from what, when, by which document. */
export function PaymentDialog({ sheet, onClose }: { sheet: EffortSheet; onClose: () => void }) {
  const { t } = useLingui()
  const { language } = useWords()
  const rules = useEffortRules()
  const { wrong, refused } = useWrong()
  const pay = useEffortAct(
    (payment: EffortPayment) =>
      api.efforts.pay({ params: { id: sheet.id }, body: { ...payment, version: sheet.version } }),
    t`Đã ghi chi trả`,
    onClose,
  )
  const sources = rules.data?.sources ?? []
  return (
    <FormDialog
      title={t`Ghi chi trả`}
      wrong={wrong}
      saving={pay}
      act={t`Ghi chi trả`}
      onClose={onClose}
      onSend={(form) =>
        pay.mutate(
          {
            source: text(form, 'source'),
            paid_on: text(form, 'paid_on'),
            document: text(form, 'document').trim(),
          },
          { onError: refused },
        )
      }
    >
      <Field label={t`Nguồn kinh phí`} error={wrong['source']}>
        <Select name="source">
          <NamedOptions of={sources.map(({ id, name }) => ({ id, name: name[language] }))} />
        </Select>
      </Field>
      <Field label={t`Ngày chi trả`} error={wrong['paid_on']}>
        <Input
          type="date"
          name="paid_on"
          defaultValue={inputTime(secondsFromNow(0)).slice(0, 10)}
        />
      </Field>
      <Field label={t`Số chứng từ`} error={wrong['document']} className="sm:col-span-2">
        <Input name="document" maxLength={200} />
      </Field>
    </FormDialog>
  )
}
