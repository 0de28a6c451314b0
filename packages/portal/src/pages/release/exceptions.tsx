import { millisecondsOf } from '@haidang/contracts/instant'
import { ReleaseException } from '@haidang/contracts/release'
import { useLingui } from '@lingui/react/macro'
import { useState } from 'react'
import { Button } from '../../components/button.tsx'
import { Acts, Dialog } from '../../components/dialog.tsx'
import { ErrorSummary } from '../../components/error-summary.tsx'
import { Field, Input, Textarea } from '../../components/field.tsx'
import { type Errors, noErrors, submitted, text, useIssues } from '../../components/form.ts'
import { Section } from '../../components/page.tsx'
import { Pill } from '../../components/pill.tsx'
import { Time, useNow } from '../../components/time.tsx'
import { inputTime, instantOfInput, secondsFromNow } from '../../format/instant.ts'
import { ScopeWords } from './policy-words.tsx'
import { ScopeFields, scopeIn } from './scope-fields.tsx'

interface ExceptionsProps {
  readonly exceptions: readonly ReleaseException[]
  /** Without, they are only shown. */
  readonly onChange?: (exceptions: ReleaseException[]) => void
}

/** What leaves for a time on the strength of an order, whatever the rules say. */
export function Exceptions({ exceptions, onChange }: ExceptionsProps) {
  const { t } = useLingui()
  const [adding, setAdding] = useState(false)
  return (
    <Section
      title={t`Ngoại lệ theo lệnh`}
      count={exceptions.length || undefined}
      acts={
        onChange ? (
          <Button size="small" onClick={() => setAdding(true)}>{t`Thêm ngoại lệ…`}</Button>
        ) : null
      }
    >
      {exceptions.length === 0 ? (
        <p className="py-2 text-ink-3">{t`Không có ngoại lệ nào.`}</p>
      ) : null}
      <ul className="divide-y divide-line">
        {exceptions.map((exception, at) => (
          <li key={`${at} ${exception.order}`} className="flex flex-wrap items-start gap-3 py-2">
            <div className="min-w-0 flex-1 basis-52">
              <p className="flex flex-wrap items-center gap-2">
                <span className="font-medium">{exception.order}</span>
                <State exception={exception} />
              </p>
              <p className="break-words text-12 text-ink-2">
                <ScopeWords scope={exception} /> · {exception.reason}
              </p>
              <p className="text-12 text-ink-3">
                <Time at={exception.from} as="absolute" /> –{' '}
                <Time at={exception.to} as="absolute" />
              </p>
            </div>
            {onChange ? (
              <Button
                look="quiet"
                size="small"
                onClick={() => onChange(exceptions.filter((_, i) => i !== at))}
              >{t`Bỏ`}</Button>
            ) : null}
          </li>
        ))}
      </ul>
      {adding && onChange ? (
        <ExceptionDialog
          onClose={() => setAdding(false)}
          onGive={(exception) => {
            onChange([...exceptions, exception])
            setAdding(false)
          }}
        />
      ) : null}
    </Section>
  )
}

function State({ exception }: { exception: ReleaseException }) {
  const { t } = useLingui()
  const now = useNow()
  if (now < millisecondsOf(exception.from)) return <Pill>{t`Chưa tới hạn`}</Pill>
  if (now >= millisecondsOf(exception.to)) return <Pill>{t`Đã hết hạn`}</Pill>
  return <Pill tone="medium">{t`Đang hiệu lực`}</Pill>
}

const anything = { streams: [], classes: [], categories: [], tlp: [], sources: [], systems: [] }
const dayLong = 86_400

interface ExceptionDialogProps {
  readonly onGive: (exception: ReleaseException) => void
  readonly onClose: () => void
}

function ExceptionDialog({ onGive, onClose }: ExceptionDialogProps) {
  const { t } = useLingui()
  const issues = useIssues()
  const [wrong, setWrong] = useState<Errors>(noErrors)
  const names = { order: t`Số lệnh`, reason: t`Lý do`, from: t`Từ lúc`, to: t`Đến lúc` }
  const send = (form: FormData) => {
    const read = ReleaseException.safeParse({
      order: text(form, 'order'),
      reason: text(form, 'reason'),
      from: instantOfInput(text(form, 'from')),
      to: instantOfInput(text(form, 'to')),
      ...scopeIn(form),
    })
    const found: Record<string, string> = { ...issues(read) }
    if (found['to']) found['to'] = t`Phải sau lúc bắt đầu, nhiều nhất một năm`
    setWrong(found)
    if (read.success) onGive(read.data)
  }
  return (
    <Dialog
      open
      wide
      onClose={onClose}
      title={t`Thêm ngoại lệ theo lệnh`}
      about={t`Trong thời hạn, bản ghi khớp phạm vi được gửi nguyên dù luật nói khác. Dữ liệu mật vẫn ở lại.`}
    >
      <form noValidate onSubmit={submitted(send)} className="grid gap-4 sm:grid-cols-2">
        <div className="sm:col-span-2">
          <ErrorSummary errors={wrong} names={names} />
        </div>
        <Field label={names.order} error={wrong['order']}>
          <Input name="order" maxLength={120} placeholder="12/LĐP" />
        </Field>
        <Field label={names.reason} error={wrong['reason']}>
          <Textarea name="reason" rows={1} maxLength={1000} />
        </Field>
        <Field label={names.from} error={wrong['from']}>
          <Input name="from" type="datetime-local" defaultValue={inputTime(secondsFromNow(0))} />
        </Field>
        <Field label={names.to} error={wrong['to']}>
          <Input
            name="to"
            type="datetime-local"
            defaultValue={inputTime(secondsFromNow(7 * dayLong))}
          />
        </Field>
        <ScopeFields scope={anything} wrong={wrong} />
        <Acts className="sm:col-span-2">
          <Button look="primary" type="submit">{t`Thêm vào bản nháp`}</Button>
          <Button look="quiet" onClick={onClose}>{t`Thôi`}</Button>
        </Acts>
      </form>
    </Dialog>
  )
}
