import { RetentionRule } from '@haidang/contracts/archive'
import { idOf } from '@haidang/contracts/id'
import { Tlp } from '@haidang/contracts/tlp'
import { useLingui } from '@lingui/react/macro'
import { useState } from 'react'
import { Button } from '../../components/button.tsx'
import { ChooseMany } from '../../components/choose-many.tsx'
import { Acts, Dialog } from '../../components/dialog.tsx'
import { ErrorSummary } from '../../components/error-summary.tsx'
import { Check, Field, Input } from '../../components/field.tsx'
import { type Errors, noErrors, submitted, text } from '../../components/form.ts'
import { useSourceNames } from './source-names.ts'

const SourceId = idOf('source')

interface RetentionDialogProps {
  /** Without a name: a new one. */
  readonly rule: RetentionRule
  /** It stands for all events no rule means. */
  readonly isRest: boolean
  readonly onGive: (rule: RetentionRule) => void
  readonly onClose: () => void
}

/** Which events, and for how long they are kept. */
export function RetentionDialog({ rule, isRest, onGive, onClose }: RetentionDialogProps) {
  const { t } = useLingui()
  const [wrong, setWrong] = useState<Errors>(noErrors)
  const names = {
    name: t`Tên luật`,
    classes: t`Lớp OCSF`,
    hot_days: t`Ngày trong kho sự kiện`,
    archive_days: t`Ngày trong kho lưu trữ`,
  }
  const send = (form: FormData) => {
    const read = RetentionRule.safeParse(isRest ? { ...rule, ...daysIn(form) } : ruleIn(form))
    if (read.success) return onGive(read.data)
    const faults: Record<string, string> = {
      name: t`Chưa nhập`,
      classes: t`Số cách nhau bằng dấu phẩy, ví dụ 3002 là đăng nhập`,
      hot_days: t`Từ 1 tới 3650 ngày`,
      archive_days: t`Từ 0 tới 36500 ngày`,
    }
    const fields = read.error.issues.map(({ path }) => String(path[0]))
    setWrong(
      Object.fromEntries(fields.map((field) => [field, faults[field] ?? t`Giá trị không hợp lệ`])),
    )
  }
  return (
    <Dialog
      open
      wide
      onClose={onClose}
      title={rule.name === '' ? t`Thêm luật` : t`Sửa luật`}
      about={t`Luật đầu tiên khớp một sự kiện quyết định sự kiện ấy được giữ bao lâu, kể từ ngày nhận.`}
    >
      <form noValidate onSubmit={submitted(send)} className="grid gap-4 sm:grid-cols-2">
        <div className="sm:col-span-2">
          <ErrorSummary errors={wrong} names={names} />
        </div>
        {isRest ? null : <ScopeFields rule={rule} wrong={wrong} names={names} />}
        <Field label={names.hot_days} error={wrong['hot_days']}>
          <Input name="hot_days" defaultValue={rule.hot_days} inputMode="numeric" />
        </Field>
        <Field
          label={names.archive_days}
          help={t`Tính tiếp sau đó; 0: xóa khỏi kho lưu trữ cùng lúc`}
          error={wrong['archive_days']}
        >
          <Input name="archive_days" defaultValue={rule.archive_days} inputMode="numeric" />
        </Field>
        <Field
          label={t`Căn cứ`}
          optional={t`không bắt buộc`}
          help={t`Điều khoản của luật hoặc hợp đồng yêu cầu thời hạn này`}
          className="sm:col-span-2"
        >
          <Input name="clause" defaultValue={rule.clause} maxLength={300} />
        </Field>
        <Acts className="sm:col-span-2">
          <Button look="primary" type="submit">
            {rule.name === '' ? t`Thêm vào bản nháp` : t`Sửa trong bản nháp`}
          </Button>
          <Button look="quiet" onClick={onClose}>{t`Thôi`}</Button>
        </Acts>
      </form>
    </Dialog>
  )
}

interface ScopeProps {
  readonly rule: RetentionRule
  readonly wrong: Errors
  readonly names: { readonly name: string; readonly classes: string }
}

function ScopeFields({ rule, wrong, names }: ScopeProps) {
  const { t } = useLingui()
  const sources = useSourceNames()
  return (
    <>
      <Field label={names.name} error={wrong['name']} className="sm:col-span-2">
        <Input name="name" defaultValue={rule.name} maxLength={120} />
      </Field>
      <fieldset className="flex flex-wrap gap-x-4 gap-y-1 sm:col-span-2">
        <legend className="pb-1 font-medium text-13">TLP</legend>
        {Tlp.options.map((tlp) => (
          <Check key={tlp} name="tlp" value={tlp} defaultChecked={rule.tlp.includes(tlp)}>
            {tlp.toUpperCase()}
          </Check>
        ))}
      </fieldset>
      <Field
        label={names.classes}
        optional={t`không bắt buộc`}
        help={t`Số cách nhau bằng dấu phẩy, ví dụ 3002 là đăng nhập`}
        error={wrong['classes']}
      >
        <Input name="classes" defaultValue={rule.classes.join(', ')} />
      </Field>
      <ChooseMany
        name="sources"
        label={t`Nguồn`}
        search={t`Tìm nguồn theo tên`}
        help={t`Nguồn của trạm cấp dưới: gõ đủ mã (src_…)`}
        error={wrong['sources']}
        choices={sources}
        defaultValue={rule.sources}
        also={(typed) => SourceId.safeParse(typed).success}
        className="min-w-0"
      />
    </>
  )
}

function daysIn(form: FormData) {
  return {
    hot_days: numberOf(text(form, 'hot_days')),
    archive_days: numberOf(text(form, 'archive_days')),
    clause: text(form, 'clause'),
  }
}

function ruleIn(form: FormData) {
  const classes = text(form, 'classes').split(/[\s,]+/)
  return {
    ...daysIn(form),
    name: text(form, 'name'),
    tlp: form.getAll('tlp'),
    classes: classes.filter((each) => each !== '').map(numberOf),
    sources: form.getAll('sources'),
  }
}

function numberOf(value: string): number {
  return value.trim() === '' ? Number.NaN : Number(value)
}
