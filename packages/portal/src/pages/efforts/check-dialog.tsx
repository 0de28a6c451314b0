import {
  type EffortCheck,
  EffortCheck as EffortCheckShape,
  type EffortSheet,
  type LineCheck,
} from '@haidang/contracts/effort'
import type { Language } from '@haidang/contracts/person'
import { useLingui } from '@lingui/react/macro'
import { api } from '../../api/api.ts'
import { Button } from '../../components/button.tsx'
import { Acts, Dialog } from '../../components/dialog.tsx'
import { ErrorSummary } from '../../components/error-summary.tsx'
import { Field, Input, Textarea } from '../../components/field.tsx'
import { submitted, text, useWrong } from '../../components/form.ts'
import { numberIn } from '../../format/number.ts'
import { useWords } from '../../language/use-words.ts'
import { useEffortAct } from './use-effort.ts'

/** The issuer says what was found of every line; each begins as it was claimed. */
export function CheckDialog({ sheet, onClose }: { sheet: EffortSheet; onClose: () => void }) {
  const { t } = useLingui()
  const { language, number } = useWords()
  const { wrong, refused, checked } = useWrong()
  const check = useEffortAct(
    (body: EffortCheck) =>
      api.efforts.check({ params: { id: sheet.id }, body: { ...body, version: sheet.version } }),
    t`Đã thẩm tra bảng kê`,
    onClose,
  )
  const send = (form: FormData) =>
    checked(EffortCheckShape.safeParse(foundOf(form, sheet, language)), (body) =>
      check.mutate(body, { onError: refused }),
    )
  return (
    <Dialog
      open
      wide
      onClose={onClose}
      title={t`Thẩm tra bảng kê`}
      about={t`Dòng nào sửa số lượng hoặc đơn giá thì ghi lý do.`}
    >
      <form noValidate onSubmit={submitted(send)} className="flex flex-col gap-4">
        <ErrorSummary errors={wrong} error={check.error} />
        {sheet.lines.map((line, place) => (
          <fieldset key={place} className="flex flex-col gap-2 border-line border-t pt-3">
            <legend className="pr-2 font-medium text-13">{line.text}</legend>
            <div className="grid gap-3 sm:grid-cols-[140px_160px_minmax(0,1fr)]">
              <Field
                label={t`Số lượng (${line.unit})`}
                error={wrong[`lines.${place}.quantity`]}
                help={t`đề nghị ${number(line.quantity, 3)}`}
              >
                <Input
                  name={`quantity.${place}`}
                  inputMode="decimal"
                  defaultValue={number(line.quantity, 3)}
                />
              </Field>
              <Field
                label={t`Đơn giá (đồng)`}
                error={wrong[`lines.${place}.unit_price`]}
                help={t`đề nghị ${number(line.unit_price)}`}
              >
                <Input
                  name={`unit_price.${place}`}
                  inputMode="numeric"
                  defaultValue={number(line.unit_price)}
                />
              </Field>
              <Field label={t`Lý do sửa`} error={wrong[`lines.${place}.note`]}>
                <Input name={`note.${place}`} maxLength={500} />
              </Field>
            </div>
          </fieldset>
        ))}
        <Field label={t`Ý kiến thẩm tra`} optional={t`không bắt buộc`}>
          <Textarea name="note" maxLength={1_000} />
        </Field>
        <Acts>
          <Button look="primary" type="submit" busy={check.isPending}>
            {t`Gửi kết quả thẩm tra`}
          </Button>
          <Button look="quiet" onClick={onClose}>{t`Thôi`}</Button>
        </Acts>
      </form>
    </Dialog>
  )
}

function foundOf(form: FormData, sheet: EffortSheet, language: Language): EffortCheck {
  const lines = sheet.lines.map((_, place): LineCheck => {
    const of = (field: string) => text(form, `${field}.${place}`).trim()
    return {
      quantity: numberIn(of('quantity'), language),
      unit_price: numberIn(of('unit_price'), language),
      note: of('note'),
    }
  })
  return { lines, note: text(form, 'note') }
}
