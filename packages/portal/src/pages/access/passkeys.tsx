import type { Factors, Passkey } from '@haidang/contracts/factor'
import { Trans, useLingui } from '@lingui/react/macro'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { KeyRound } from 'lucide-react'
import { useState } from 'react'
import { api } from '../../api/api.ts'
import { Button } from '../../components/button.tsx'
import { Acts, Dialog } from '../../components/dialog.tsx'
import { ErrorSummary } from '../../components/error-summary.tsx'
import { Field, Input } from '../../components/field.tsx'
import { noErrors, submitted, text } from '../../components/form.ts'
import { Section } from '../../components/page.tsx'
import { Pill } from '../../components/pill.tsx'
import { Time } from '../../components/time.tsx'
import { say } from '../../components/toast.tsx'
import { AddPasskey } from './add-passkey.tsx'
import { useAgain } from './use-again.tsx'

/** Keys of devices that open without a password. */
export function Passkeys({ factors }: { factors: Factors }) {
  const { t } = useLingui()
  const client = useQueryClient()
  const renewed = () => void client.invalidateQueries()
  return (
    <Section title={t`Khóa truy cập (passkey)`} count={factors.passkeys.length || undefined}>
      <div className="flex flex-col gap-3 pt-3">
        {factors.passkeys.length === 0 ? (
          <p className="text-13 text-ink-2">
            {t`Đăng nhập bằng vân tay, khuôn mặt hoặc mã PIN của thiết bị. Trang giả không lừa lấy được khóa này.`}
          </p>
        ) : (
          <ul className="flex flex-col divide-y divide-line">
            {factors.passkeys.map((passkey) => (
              <PasskeyLine key={passkey.id} passkey={passkey} onChanged={renewed} />
            ))}
          </ul>
        )}
        <AddPasskey onDone={renewed} />
      </div>
    </Section>
  )
}

function PasskeyLine({ passkey, onChanged }: { passkey: Passkey; onChanged: () => void }) {
  const { t } = useLingui()
  const [asked, setAsked] = useState<'rename' | 'remove' | null>(null)
  const { id, name, rp_id, synced, created_at, last_used_at } = passkey
  const close = () => setAsked(null)
  const remove = useAgain(
    (password) => api.passkeys.remove({ params: { id }, body: { password } }),
    () => {
      say(t`Đã gỡ ${name}`)
      close()
      onChanged()
    },
  )
  return (
    <li className="flex flex-wrap items-center gap-x-3 gap-y-1 py-2">
      <KeyRound aria-hidden="true" className="size-4 shrink-0 text-ink-3" />
      <div className="min-w-0 flex-1">
        <p className="flex items-center gap-2 text-13">
          <span className="truncate font-medium">{name}</span>
          {synced ? <Pill>{t`đồng bộ`}</Pill> : null}
        </p>
        <p className="text-12 text-ink-3">
          <span className="font-mono">{rp_id}</span> ·{' '}
          {last_used_at ? (
            <Trans>
              dùng <Time at={last_used_at} />
            </Trans>
          ) : (
            <Trans>
              tạo <Time at={created_at} />, chưa dùng
            </Trans>
          )}
        </p>
      </div>
      <Button size="small" onClick={() => setAsked('rename')}>{t`Đổi tên…`}</Button>
      <Button size="small" look="danger" onClick={() => setAsked('remove')}>{t`Gỡ…`}</Button>
      {asked === 'rename' ? <Rename passkey={passkey} onClose={close} onDone={onChanged} /> : null}
      <Dialog
        open={asked === 'remove'}
        onClose={close}
        title={t`Gỡ khóa ${name}`}
        about={t`Khóa này không đăng nhập được nữa, các phiên khác của bạn kết thúc.`}
      >
        <ErrorSummary errors={noErrors} error={remove.error} />
        <Acts>
          <Button look="danger" busy={remove.busy} onClick={remove.run}>{t`Gỡ`}</Button>
          <Button look="quiet" onClick={close}>{t`Thôi`}</Button>
        </Acts>
      </Dialog>
      {remove.question}
    </li>
  )
}

interface RenameProps {
  readonly passkey: Passkey
  readonly onClose: () => void
  readonly onDone: () => void
}

function Rename({ passkey: { id, name }, onClose, onDone }: RenameProps) {
  const { t } = useLingui()
  const rename = useMutation({
    mutationFn: (form: FormData) =>
      api.passkeys.rename({ params: { id }, body: { name: text(form, 'name') } }),
    onSuccess: () => {
      onClose()
      onDone()
    },
  })
  return (
    <Dialog open onClose={onClose} title={t`Đổi tên khóa truy cập`}>
      <form onSubmit={submitted((form) => rename.mutate(form))} className="flex flex-col gap-4">
        <ErrorSummary errors={noErrors} error={rename.error} />
        <Field label={t`Tên`}>
          <Input name="name" required maxLength={80} defaultValue={name} />
        </Field>
        <Acts>
          <Button look="primary" type="submit" busy={rename.isPending}>{t`Lưu`}</Button>
          <Button look="quiet" onClick={onClose}>{t`Thôi`}</Button>
        </Acts>
      </form>
    </Dialog>
  )
}
