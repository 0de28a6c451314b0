import type { ReleasePolicy } from '@haidang/contracts/release'
import { useLingui } from '@lingui/react/macro'
import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { api } from '../../api/api.ts'
import { useDescribe } from '../../api/describe.ts'
import { Button } from '../../components/button.tsx'
import { Acts, Dialog } from '../../components/dialog.tsx'
import { ErrorSummary } from '../../components/error-summary.tsx'
import { Field, Textarea } from '../../components/field.tsx'
import { errorsOf, noErrors, submitted, text } from '../../components/form.ts'
import { saveFile } from '../../components/save-file.ts'
import { complain } from '../../components/toast.tsx'

interface PolicyFileProps {
  readonly policy: ReleasePolicy
  readonly version: number
  readonly onRead: (policy: ReleasePolicy) => void
}

/** The policy as a YAML file: out, and in again as a draft. */
export function PolicyFile({ policy, version, onRead }: PolicyFileProps) {
  const { t } = useLingui()
  const describe = useDescribe()
  const [open, setOpen] = useState(false)
  const write = useMutation({
    mutationFn: () => api.release.write({ body: { policy } }),
    onSuccess: (written) => saveFile(`release-${version}.yaml`, 'application/yaml', written.text),
    onError: (error) => complain(describe(error).title),
  })
  const read = useMutation({
    mutationFn: (given: string) => api.release.read({ body: { text: given } }),
    onSuccess: (found) => {
      onRead(found.policy)
      setOpen(false)
    },
  })
  return (
    <>
      <Button look="quiet" busy={write.isPending} onClick={() => write.mutate()}>
        {t`Xuất YAML`}
      </Button>
      <Button look="quiet" onClick={() => setOpen(true)}>{t`Nhập YAML…`}</Button>
      {open ? (
        <Dialog
          open
          wide
          onClose={() => setOpen(false)}
          title={t`Nhập chính sách từ YAML`}
          about={t`Thay toàn bộ bản nháp; chưa có hiệu lực cho tới khi ban hành.`}
        >
          <form
            noValidate
            onSubmit={submitted((form) => read.mutate(text(form, 'text')))}
            className="flex flex-col gap-4"
          >
            <ErrorSummary
              errors={read.error ? errorsOf(read.error) : noErrors}
              error={read.error}
            />
            <Field label={t`Nội dung YAML`}>
              <Textarea name="text" rows={14} className="font-mono text-12" spellCheck={false} />
            </Field>
            <Acts>
              <Button
                look="primary"
                type="submit"
                busy={read.isPending}
              >{t`Đọc vào bản nháp`}</Button>
              <Button look="quiet" onClick={() => setOpen(false)}>{t`Thôi`}</Button>
            </Acts>
          </form>
        </Dialog>
      ) : null}
    </>
  )
}
