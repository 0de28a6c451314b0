import { useLingui } from '@lingui/react/macro'
import { useState } from 'react'
import { api } from '../../api/api.ts'
import { Button } from '../../components/button.tsx'
import { ErrorSummary } from '../../components/error-summary.tsx'
import { Field, Input } from '../../components/field.tsx'
import { noErrors, submitted, text } from '../../components/form.ts'
import { say } from '../../components/toast.tsx'
import { gaveUp, makePasskey, passkeysWork } from './passkey-ceremony.ts'
import { useAgain } from './use-again.tsx'

/** Names a passkey and has the device make it. */
export function AddPasskey({ onDone }: { onDone: () => void }) {
  const { t } = useLingui()
  const [name, setName] = useState('')
  const add = useAgain(
    async (password) => {
      const made = await makePasskey(await api.passkeys.begin({ body: { password } }))
      return api.passkeys.add({ body: { name: name.trim() || t`Thiết bị này`, made } })
    },
    (passkey) => {
      say(t`Đã thêm ${passkey.name}`)
      setName('')
      onDone()
    },
  )
  if (!passkeysWork()) {
    return (
      <p className="text-13 text-ink-3">
        {t`Trình duyệt này không dùng được khóa truy cập ở địa chỉ ${location.host}: cần https và một tên máy, không phải địa chỉ IP.`}
      </p>
    )
  }
  return (
    <form
      onSubmit={submitted((form) => {
        setName(text(form, 'passkey'))
        add.run()
      })}
      className="flex flex-col gap-3"
    >
      {gaveUp(add.error) ? (
        <p
          role="alert"
          className="text-13 text-ink-2"
        >{t`Thiết bị không tạo khóa. Bạn có thể thử lại.`}</p>
      ) : (
        <ErrorSummary errors={noErrors} error={add.error} />
      )}
      <div className="flex flex-wrap items-end gap-2">
        <Field label={t`Tên khóa`} className="min-w-40 flex-1">
          <Input
            name="passkey"
            maxLength={80}
            value={name}
            onChange={(event) => setName(event.currentTarget.value)}
            placeholder={t`Máy ở phòng trực`}
          />
        </Field>
        <Button type="submit" busy={add.busy}>{t`Thêm khóa truy cập`}</Button>
      </div>
      {add.question}
    </form>
  )
}
