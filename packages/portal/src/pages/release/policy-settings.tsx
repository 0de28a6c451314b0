import { ReleasePolicy } from '@haidang/contracts/release'
import { useLingui } from '@lingui/react/macro'
import { useState } from 'react'
import { Button } from '../../components/button.tsx'
import { Acts, Dialog } from '../../components/dialog.tsx'
import { ErrorSummary } from '../../components/error-summary.tsx'
import { Fact, Facts } from '../../components/facts.tsx'
import { Field, Input, Textarea } from '../../components/field.tsx'
import { type Errors, lines, noErrors, submitted, text } from '../../components/form.ts'
import { Section } from '../../components/page.tsx'
import { useWords } from '../../language/use-words.ts'

interface PolicySettingsProps {
  readonly policy: ReleasePolicy
  /** Without, they are only shown. */
  readonly onChange?: (policy: ReleasePolicy) => void
}

/** What is secret, which addresses are one's own, and how much of the line bulk may take. */
export function PolicySettings({ policy, onChange }: PolicySettingsProps) {
  const { t } = useLingui()
  const { bytes } = useWords()
  const [open, setOpen] = useState(false)
  const { secret, own_networks, bulk } = policy
  const hours = bulk.quiet_hours.map(({ from, to }) => `${from}–${to}`).join(', ')
  return (
    <Section
      title={t`Dữ liệu mật, mạng của đơn vị, băng thông`}
      acts={onChange ? <Button size="small" onClick={() => setOpen(true)}>{t`Sửa…`}</Button> : null}
    >
      <Facts>
        <Fact name={t`Dấu hiệu mật`}>{secret.markings.join(', ') || '—'}</Fact>
        <Fact name={t`Nguồn mật`}>{secret.sources.join(', ') || '—'}</Fact>
        <Fact name={t`Mạng của đơn vị`}>
          <span className="font-mono text-12">{own_networks.join(', ') || '—'}</span>
        </Fact>
        <Fact name={t`Băng thông`}>
          {bulk.bytes_per_second === null
            ? t`không giới hạn`
            : t`${bytes(bulk.bytes_per_second)} mỗi giây`}
        </Fact>
        <Fact name={t`Giờ yên`}>{hours || '—'}</Fact>
      </Facts>
      {open && onChange ? (
        <SettingsDialog
          policy={policy}
          onClose={() => setOpen(false)}
          onGive={(next) => {
            onChange(next)
            setOpen(false)
          }}
        />
      ) : null}
    </Section>
  )
}

interface SettingsDialogProps {
  readonly policy: ReleasePolicy
  readonly onGive: (policy: ReleasePolicy) => void
  readonly onClose: () => void
}

function SettingsDialog({ policy, onGive, onClose }: SettingsDialogProps) {
  const { t } = useLingui()
  const [wrong, setWrong] = useState<Errors>(noErrors)
  const names = {
    secret: t`Dữ liệu mật`,
    own_networks: t`Mạng của đơn vị`,
    bytes_per_second: t`Băng thông (byte mỗi giây)`,
    quiet_hours: t`Giờ yên`,
  }
  const send = (form: FormData) => {
    const read = ReleasePolicy.safeParse({
      ...policy,
      secret: { markings: lines(form, 'markings'), sources: lines(form, 'sources') },
      own_networks: lines(form, 'own_networks'),
      bulk: bulkIn(form),
    })
    if (read.success) return onGive(read.data)
    const messages: Readonly<Record<string, string>> = {
      secret: t`Mỗi dòng từ 2 ký tự`,
      own_networks: t`Mỗi dòng một dải, ví dụ 10.0.0.0/8`,
      bytes_per_second: t`Số nguyên từ 1024, hoặc bỏ trống`,
      quiet_hours: t`Mỗi dòng một khoảng, ví dụ 08:00-17:00`,
    }
    const fields = read.error.issues.map(({ path }) =>
      String(path[0] === 'bulk' ? path[1] : path[0]),
    )
    setWrong(Object.fromEntries(fields.map((field) => [field, messages[field] ?? ''])))
  }
  const { secret, own_networks, bulk } = policy
  return (
    <Dialog open wide onClose={onClose} title={t`Dữ liệu mật, mạng của đơn vị, băng thông`}>
      <form noValidate onSubmit={submitted(send)} className="grid gap-4 sm:grid-cols-2">
        <div className="sm:col-span-2">
          <ErrorSummary errors={wrong} names={names} />
        </div>
        <Field
          label={t`Dấu hiệu mật`}
          help={t`Bản ghi chứa một trong các chữ này không bao giờ rời nút`}
          error={wrong['secret']}
        >
          <Textarea name="markings" defaultValue={secret.markings.join('\n')} />
        </Field>
        <Field label={t`Nguồn mật`} help={t`Mỗi dòng một tên nguồn; dấu * thay cho chữ bất kỳ`}>
          <Textarea name="sources" defaultValue={secret.sources.join('\n')} className="font-mono" />
        </Field>
        <Field
          label={names.own_networks}
          help={t`Trường “địa chỉ IP của đơn vị” hiểu theo các dải này`}
          error={wrong['own_networks']}
          className="sm:col-span-2"
        >
          <Textarea
            name="own_networks"
            rows={4}
            defaultValue={own_networks.join('\n')}
            className="font-mono"
          />
        </Field>
        <Field
          label={names.bytes_per_second}
          help={t`Cho luồng sự kiện; bỏ trống là không giới hạn`}
          error={wrong['bytes_per_second']}
        >
          <Input
            name="bytes_per_second"
            inputMode="numeric"
            defaultValue={bulk.bytes_per_second ?? ''}
          />
        </Field>
        <Field
          label={names.quiet_hours}
          help={t`Giờ Việt Nam, mỗi dòng một khoảng như 08:00-17:00`}
          error={wrong['quiet_hours']}
        >
          <Textarea
            name="quiet_hours"
            rows={2}
            defaultValue={bulk.quiet_hours.map(({ from, to }) => `${from}-${to}`).join('\n')}
          />
        </Field>
        <Acts className="sm:col-span-2">
          <Button look="primary" type="submit">{t`Sửa trong bản nháp`}</Button>
          <Button look="quiet" onClick={onClose}>{t`Thôi`}</Button>
        </Acts>
      </form>
    </Dialog>
  )
}

/** Limits of the bulk lane as typed, not yet checked. */
export function bulkIn(form: FormData) {
  const rate = text(form, 'bytes_per_second').trim()
  return {
    bytes_per_second: rate === '' ? null : Number(rate),
    quiet_hours: lines(form, 'quiet_hours').map((line) => {
      const [from = '', to = ''] = line.split(/\s*[-–]\s*/)
      return { from, to }
    }),
  }
}
