import { useLingui } from '@lingui/react/macro'
import { useMutation } from '@tanstack/react-query'
import { api } from '../../api/api.ts'
import { Button } from '../../components/button.tsx'
import { Acts, Dialog } from '../../components/dialog.tsx'
import { ErrorSummary } from '../../components/error-summary.tsx'
import { Field, Input } from '../../components/field.tsx'
import { noErrors, submitted, text } from '../../components/form.ts'
import { base64Of } from '../../format/base64.ts'

interface ImportCertificateProps {
  readonly open: boolean
  readonly onClose: () => void
  readonly onDone: () => void
}

/** Takes a PKCS#12 file and its password; both are kept sealed. */
export function ImportCertificate({ open, onClose, onDone }: ImportCertificateProps) {
  const { t } = useLingui()
  const take = useMutation({
    mutationFn: async (form: FormData) => {
      const file = form.get('file')
      const content = file instanceof File ? await base64Of(file) : ''
      return api.documentCertificate.import({
        body: { content, password: text(form, 'password'), reason: text(form, 'reason').trim() },
      })
    },
    onSuccess: onDone,
  })
  return (
    <Dialog
      open={open}
      onClose={onClose}
      title={t`Nhập chứng thư riêng`}
      about={t`Tệp PKCS#12 (.p12, .pfx) có khóa riêng. Khóa và mật khẩu được niêm phong trong nút, không xem lại được.`}
    >
      <form onSubmit={submitted((form) => take.mutate(form))} className="flex flex-col gap-4">
        <ErrorSummary errors={noErrors} error={take.error} />
        <Field label={t`Tệp chứng thư`}>
          <Input
            type="file"
            name="file"
            required
            accept=".p12,.pfx"
            className="h-auto py-1.5"
            data-first
          />
        </Field>
        <Field label={t`Mật khẩu của tệp`}>
          <Input type="password" name="password" autoComplete="off" maxLength={300} />
        </Field>
        <Field label={t`Lý do`}>
          <Input name="reason" required minLength={3} maxLength={4000} />
        </Field>
        <Acts>
          <Button look="primary" type="submit" busy={take.isPending}>{t`Nhập`}</Button>
          <Button look="quiet" onClick={onClose}>{t`Thôi`}</Button>
        </Acts>
      </form>
    </Dialog>
  )
}
