import { type DatedEntry, Regulation, type RegulationSection } from '@haidang/contracts/regulation'
import { useLingui } from '@lingui/react/macro'
import { useState } from 'react'
import { Button } from '../../components/button.tsx'
import { Acts, Dialog } from '../../components/dialog.tsx'
import { ErrorSummary } from '../../components/error-summary.tsx'
import { Check, Field, Input, Select, Textarea } from '../../components/field.tsx'
import { type Errors, noErrors, submitted } from '../../components/form.ts'
import { useWords } from '../../language/use-words.ts'
import { type EntryField, entryFields, entryIn, shownValue, withEntry } from './entry-fields.ts'

const patternExample = '{number:4}/LĐP-{issuer}-{year}'

interface EntryDialogProps {
  readonly regulation: Regulation
  readonly section: RegulationSection
  /** Which entry; undefined: a new one. */
  readonly at: number | undefined
  readonly onGive: (regulation: Regulation) => void
  readonly onClose: () => void
}

/** One entry with its clause, its dates and why it is not certain; changes a draft only. */
export function EntryDialog({ regulation, section, at, onGive, onClose }: EntryDialogProps) {
  const { t } = useLingui()
  const { label } = useWords()
  const faultOf = useFaults()
  const [wrong, setWrong] = useState<Errors>(noErrors)
  const entry: Partial<DatedEntry> = at === undefined ? {} : (regulation[section][at] ?? {})
  const send = (form: FormData) => {
    const next = withEntry(regulation, section, at, entryIn(form, section))
    const read = Regulation.safeParse(next)
    if (read.success) return onGive(read.data)
    const place = at ?? regulation[section].length
    const fields = read.error.issues.flatMap(({ path }) =>
      path[0] === section && path[1] === place ? [fieldOf(path)] : [],
    )
    // What is wrong elsewhere in the profile stops it, too; it is told where one can see it.
    const told = fields.length > 0 ? fields : ['id']
    setWrong(Object.fromEntries(told.map((field) => [field, faultOf(field)])))
  }
  const name = (field: string) => label('regulationField', field)
  const names: Record<string, string> = {
    ...Object.fromEntries(Object.keys(wrong).map((field) => [field, name(field)])),
    id: t`Mã`,
    'name.vi': t`Tên tiếng Việt`,
    'name.en': t`Tên tiếng Anh`,
    'provisional.vi': t`Vì sao tạm thời (tiếng Việt)`,
    'provisional.en': t`Vì sao tạm thời (tiếng Anh)`,
  }
  return (
    <Dialog
      open
      wide
      onClose={onClose}
      title={at === undefined ? t`Thêm mục` : t`Sửa mục`}
      about={t`Thay đổi nằm trong bản nháp cho tới khi ban hành.`}
    >
      <form noValidate onSubmit={submitted(send)} className="grid gap-4 sm:grid-cols-2">
        <div className="sm:col-span-2">
          <ErrorSummary errors={wrong} names={names} />
        </div>
        <Field label={t`Mã`} error={wrong['id']}>
          <Input name="id" defaultValue={entry.id} maxLength={60} className="font-mono" />
        </Field>
        <Field label={name('clause')} help={t`Văn bản, điều, khoản`} error={wrong['clause']}>
          <Input name="clause" defaultValue={entry.clause} maxLength={300} />
        </Field>
        <Field label={t`Tên tiếng Việt`} error={wrong['name.vi']}>
          <Input name="name.vi" defaultValue={entry.name?.vi} maxLength={600} />
        </Field>
        <Field label={t`Tên tiếng Anh`} error={wrong['name.en']}>
          <Input name="name.en" defaultValue={entry.name?.en} maxLength={600} />
        </Field>
        <Field
          label={name('valid_from')}
          optional={t`không bắt buộc`}
          help={t`Để trống: theo hồ sơ`}
          error={wrong['valid_from']}
        >
          <Input name="valid_from" type="date" defaultValue={entry.valid_from ?? ''} />
        </Field>
        <Field
          label={name('valid_to')}
          optional={t`không bắt buộc`}
          help={t`Để trống: theo hồ sơ`}
          error={wrong['valid_to']}
        >
          <Input name="valid_to" type="date" defaultValue={entry.valid_to ?? ''} />
        </Field>
        {entryFields[section].map((field) => (
          <OwnField
            key={field.name}
            field={field}
            shown={shownValue(entry, field)}
            error={wrong[field.name]}
          />
        ))}
        <Field
          label={t`Vì sao tạm thời (tiếng Việt)`}
          optional={t`không bắt buộc`}
          error={wrong['provisional.vi']}
        >
          <Textarea name="provisional.vi" rows={2} defaultValue={entry.provisional?.vi} />
        </Field>
        <Field
          label={t`Vì sao tạm thời (tiếng Anh)`}
          optional={t`không bắt buộc`}
          error={wrong['provisional.en']}
        >
          <Textarea name="provisional.en" rows={2} defaultValue={entry.provisional?.en} />
        </Field>
        <Acts className="sm:col-span-2">
          <Button look="primary" type="submit">{t`Ghi vào bản nháp`}</Button>
          <Button look="quiet" onClick={onClose}>{t`Thôi`}</Button>
        </Acts>
      </form>
    </Dialog>
  )
}

interface OwnFieldProps {
  readonly field: EntryField
  readonly shown: string
  readonly error: string | undefined
}

function OwnField({ field, shown, error }: OwnFieldProps) {
  const { t } = useLingui()
  const { label } = useWords()
  const { name, control, words, options = [], optional } = field
  const title = label('regulationField', name)
  const help = useHelp()[name]
  if (control === 'check') {
    return (
      <Check name={name} defaultChecked={shown === 'true'} className="self-end">
        {title}
      </Check>
    )
  }
  if (control === 'choices' && words) {
    const chosen = new Set(shown.split(', '))
    return (
      <fieldset className="flex flex-wrap gap-x-4 gap-y-1 sm:col-span-2">
        <legend className="pb-1 font-medium text-13">{title}</legend>
        {options.map((option) => (
          <Check key={option} name={name} value={option} defaultChecked={chosen.has(option)}>
            {label(words, option)}
          </Check>
        ))}
      </fieldset>
    )
  }
  return (
    <Field label={title} help={help} error={error}>
      {control === 'choice' && words ? (
        <Select name={name} defaultValue={shown}>
          {optional ? <option value="">{t`mọi mức`}</option> : null}
          {options.map((option) => (
            <option key={option} value={option}>
              {label(words, option)}
            </option>
          ))}
        </Select>
      ) : control === 'lines' ? (
        <Textarea name={name} rows={4} defaultValue={shown} className="font-mono" />
      ) : (
        <Input name={name} defaultValue={shown} className="font-mono" />
      )}
    </Field>
  )
}

/** How what must be typed in a certain way is typed. */
function useHelp(): Readonly<Record<string, string>> {
  const { t } = useLingui()
  return {
    within: t`ISO 8601: PT24H là 24 giờ, P5D là 5 ngày`,
    grace: t`ISO 8601: PT1H là một giờ`,
    due: t`06-20; <12-15 là trước ngày ấy; +15 là 15 ngày sau kỳ; trống: không nêu`,
    dates: t`Mỗi dòng một ngày, như 2027-02-08`,
    weekdays: t`1 là thứ Hai, 7 là Chủ nhật`,
    from: t`Như 08:00`,
    to: t`Như 17:00`,
    pattern: t`Số, năm và mã đơn vị ban hành điền vào chỗ trong ngoặc: ${patternExample}`,
    text: t`Văn bản in đúng lời này`,
  }
}

/** What is wrong with a field, by how it must be written. */
function useFaults(): (field: string) => string {
  const { t } = useLingui()
  const help = useHelp()
  const faults: Readonly<Record<string, string>> = {
    ...help,
    id: t`Chữ, số, dấu chấm, gạch; không trùng ngày với mục cùng mã`,
    clause: t`Chưa nhập`,
    valid_to: t`Phải từ ngày bắt đầu trở đi`,
    form: t`Hồ sơ không có biểu mẫu mang mã này`,
  }
  return (field) => faults[field] ?? t`Chưa nhập hoặc không hợp lệ`
}

/** Where in the dialog a fault stands: name.vi, valid_to; parts of a list under the list. */
function fieldOf(path: readonly PropertyKey[]): string {
  const [field, part] = path.slice(2).map(String)
  const whole = field ?? 'id'
  return whole === 'name' || whole === 'provisional' ? `${whole}.${part ?? 'vi'}` : whole
}
