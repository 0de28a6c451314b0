import type { ReleasePolicy } from '@haidang/contracts/release'
import { useLingui } from '@lingui/react/macro'
import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { api } from '../../api/api.ts'
import { useDescribe } from '../../api/describe.ts'
import { Button } from '../../components/button.tsx'
import { saveFile } from '../../components/save-file.ts'
import { complain } from '../../components/toast.tsx'
import { YamlDialog } from '../../components/yaml-dialog.tsx'

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
  const read = async (text: string) => {
    onRead((await api.release.read({ body: { text } })).policy)
  }
  return (
    <>
      <Button look="quiet" busy={write.isPending} onClick={() => write.mutate()}>
        {t`Xuất YAML`}
      </Button>
      <Button look="quiet" onClick={() => setOpen(true)}>{t`Nhập YAML…`}</Button>
      {open ? (
        <YamlDialog
          title={t`Nhập chính sách từ YAML`}
          about={t`Thay toàn bộ bản nháp; chưa có hiệu lực cho tới khi ban hành.`}
          read={read}
          onClose={() => setOpen(false)}
        />
      ) : null}
    </>
  )
}
