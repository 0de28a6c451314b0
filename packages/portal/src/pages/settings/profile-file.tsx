import type { Regulation } from '@haidang/contracts/regulation'
import { useLingui } from '@lingui/react/macro'
import { useMutation } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { api } from '../../api/api.ts'
import { useDescribe } from '../../api/describe.ts'
import { useRefusal } from '../../api/refusal-text.ts'
import { Button } from '../../components/button.tsx'
import { saveFile } from '../../components/save-file.ts'
import { complain } from '../../components/toast.tsx'
import { YamlDialog } from '../../components/yaml-dialog.tsx'
import { keepDraft } from './kept-draft.ts'

/** Profiles as YAML files: in as the draft of their profile, and out where one is given. */
export function ProfileFile({ regulation }: { regulation?: Regulation }) {
  const { t } = useLingui()
  const describe = useDescribe()
  const navigate = useNavigate()
  const refusal = useRefusal()('setting.manage')
  const [open, setOpen] = useState(false)
  const write = useMutation({
    mutationFn: (given: Regulation) => api.regulations.write({ body: { regulation: given } }),
    onSuccess: (written, given) =>
      saveFile(`${given.profile}.yaml`, 'application/yaml', written.text),
    onError: (error) => complain(describe(error).title),
  })
  const read = async (text: string) => {
    const found = await api.regulations.read({ body: { text } })
    const { profile } = found.regulation
    keepDraft(found.regulation)
    void navigate({ to: '/settings/regulations/$profile', params: { profile } })
  }
  return (
    <span className="flex flex-wrap gap-2">
      {regulation ? (
        <Button look="quiet" busy={write.isPending} onClick={() => write.mutate(regulation)}>
          {t`Xuất YAML`}
        </Button>
      ) : null}
      <Button look="quiet" refusal={refusal} onClick={() => setOpen(true)}>{t`Nhập YAML…`}</Button>
      {open ? (
        <YamlDialog
          title={t`Nhập hồ sơ quy định từ YAML`}
          about={t`Thành bản nháp của hồ sơ ấy; chưa có hiệu lực cho tới khi ban hành.`}
          read={read}
          onClose={() => setOpen(false)}
        />
      ) : null}
    </span>
  )
}
