import { useLingui } from '@lingui/react/macro'
import { useMutation } from '@tanstack/react-query'
import { api } from '../../api/api.ts'
import { Button } from '../../components/button.tsx'
import { Acts, Dialog } from '../../components/dialog.tsx'
import { ErrorSummary } from '../../components/error-summary.tsx'
import { Field, Input } from '../../components/field.tsx'
import { noErrors, submitted, text } from '../../components/form.ts'

interface RotateCertificateProps {
  readonly open: boolean
  readonly onClose: () => void
  readonly onDone: () => void
}

/** Gives the node a new document-signing key. */
export function RotateCertificate({ open, onClose, onDone }: RotateCertificateProps) {
  const { t } = useLingui()
  const rotate = useMutation({
    mutationFn: (reason: string) => api.documentCertificate.rotate({ body: { reason } }),
    onSuccess: onDone,
  })
  return (
    <Dialog
      open={open}
      onClose={onClose}
      title={t`Đổi khóa ký văn bản của nút`}
      about={t`Văn bản đã ký giữ nguyên giá trị. Khóa cũ bị xóa.`}
    >
      <form
        onSubmit={submitted((form) => rotate.mutate(text(form, 'reason').trim()))}
        className="flex flex-col gap-4"
      >
        <ErrorSummary errors={noErrors} error={rotate.error} />
        <Field label={t`Lý do`}>
          <Input name="reason" required minLength={3} maxLength={4000} data-first />
        </Field>
        <Acts>
          <Button look="primary" type="submit" busy={rotate.isPending}>{t`Đổi khóa`}</Button>
          <Button look="quiet" onClick={onClose}>{t`Thôi`}</Button>
        </Acts>
      </form>
    </Dialog>
  )
}
