import { useLingui } from '@lingui/react/macro'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { api } from '../../api/api.ts'
import { Button } from '../../components/button.tsx'
import { Acts, Dialog } from '../../components/dialog.tsx'
import { ErrorSummary } from '../../components/error-summary.tsx'
import { Check, Field, Input } from '../../components/field.tsx'
import { noErrors, submitted, text } from '../../components/form.ts'
import { say } from '../../components/toast.tsx'
import { mailKeysQuery } from './mail-keys-query.ts'

interface MakeMailKeyProps {
  /** Whether there is a key that ends by this. */
  readonly replaces: boolean
  readonly onClose: () => void
}

/** Gives the node an OpenPGP key. */
export function MakeMailKey({ replaces, onClose }: MakeMailKeyProps) {
  const { t } = useLingui()
  const client = useQueryClient()
  const make = useMutation({
    mutationFn: (form: FormData) =>
      api.mailKeys.make({
        body: { reason: text(form, 'reason').trim(), revoke: form.has('revoke') },
      }),
    onSuccess: () => {
      say(t`Nút có khóa OpenPGP mới`)
      void client.invalidateQueries({ queryKey: mailKeysQuery })
      onClose()
    },
  })
  return (
    <Dialog
      open
      onClose={onClose}
      title={replaces ? t`Đổi khóa OpenPGP của nút` : t`Tạo khóa OpenPGP cho nút`}
      about={
        replaces
          ? t`Khóa cũ ký xác nhận khóa mới và vẫn mở được thư đã gửi tới nó. Gửi khóa mới cho những ai viết thư mã hóa cho nút.`
          : t`Khóa riêng được niêm phong và không rời nút. Gửi khóa công khai cho những ai viết thư mã hóa cho nút.`
      }
    >
      <form onSubmit={submitted(make.mutate)} className="flex flex-col gap-4">
        <ErrorSummary errors={noErrors} error={make.error} />
        <Field label={t`Lý do`}>
          <Input name="reason" required minLength={3} maxLength={1000} data-first />
        </Field>
        {replaces ? (
          <Check name="revoke">{t`Khóa cũ có thể đã lộ: thu hồi, không để nó xác nhận khóa mới`}</Check>
        ) : null}
        <Acts>
          <Button look="primary" type="submit" busy={make.isPending}>
            {replaces ? t`Đổi khóa` : t`Tạo khóa`}
          </Button>
          <Button look="quiet" onClick={onClose}>{t`Thôi`}</Button>
        </Acts>
      </form>
    </Dialog>
  )
}
