import type { SheetImport } from '@haidang/contracts/sheet-import'
import { useLingui } from '@lingui/react/macro'
import { Button } from './button.tsx'
import { ErrorSummary } from './error-summary.tsx'
import { Field, Input, Select } from './field.tsx'
import { errorsOf, noErrors, submitted } from './form.ts'
import { packedFile } from './packed-file.ts'

interface SheetFormProps {
  /** Which columns there must be, and what else to know. */
  readonly help: string
  readonly refusal: string | undefined
  readonly busy: boolean
  readonly error: unknown
  readonly onLook: (read: () => Promise<SheetImport>) => void
  /** What was looked at is not what is chosen any more. */
  readonly onChange: () => void
}

/** Chooses a file to be read in, and what becomes of rows that are in the register already. */
export function SheetForm({ help, refusal, busy, error, onLook, onChange }: SheetFormProps) {
  const { t } = useLingui()
  const read = (form: FormData) => async () => ({
    ...(await packedFile(form.get('file'))),
    existing: form.get('existing') as SheetImport['existing'],
  })
  return (
    <form
      onSubmit={submitted((form) => onLook(read(form)))}
      onChange={onChange}
      className="flex flex-col gap-4"
    >
      <h2 className="font-semibold text-15">{t`Nhập từ tệp`}</h2>
      <ErrorSummary errors={error ? errorsOf(error) : noErrors} error={error} />
      <div className="grid gap-4 sm:grid-cols-2">
        <Field label={t`Tệp CSV hoặc XLSX`} help={help}>
          <Input name="file" type="file" accept=".csv,.xlsx" required className="pt-1" />
        </Field>
        <Field label={t`Dòng có mã đã có trong sổ`}>
          <Select name="existing" defaultValue="refuse">
            <option value="refuse">{t`Báo lỗi`}</option>
            <option value="skip">{t`Bỏ qua`}</option>
            <option value="update">{t`Sửa theo tệp`}</option>
          </Select>
        </Field>
      </div>
      <Button type="submit" refusal={refusal} busy={busy} className="self-start">
        {t`Xem trước`}
      </Button>
    </form>
  )
}
