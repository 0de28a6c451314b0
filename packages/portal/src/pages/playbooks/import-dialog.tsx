import { useLingui } from '@lingui/react/macro'
import { useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { api } from '../../api/api.ts'
import { say } from '../../components/toast.tsx'
import { YamlDialog } from '../../components/yaml-dialog.tsx'

/** Takes playbooks from YAML of the shape of the national templates; each becomes a draft. */
export function ImportDialog({ onClose }: { onClose: () => void }) {
  const { t } = useLingui()
  const client = useQueryClient()
  const navigate = useNavigate()
  const read = async (text: string) => {
    const { items } = await api.playbooks.import({ body: { text } })
    say(t`Đã tạo bản nháp`)
    await client.invalidateQueries({ queryKey: ['playbooks'] })
    const [only, ...more] = items
    if (only && more.length === 0) {
      await navigate({ to: '/playbooks/$id/edit', params: { id: only.id } })
    } else await navigate({ to: '/playbooks', search: { view: 'drafts' } })
  }
  return (
    <YamlDialog
      title={t`Nhập phương án từ YAML`}
      about={t`Cùng dạng với mẫu quốc gia và tệp xuất ra; mỗi mẫu trong tệp thành một bản nháp, nhiều nhất 20. Sai một chỗ thì không tạo gì.`}
      read={read}
      onClose={onClose}
    />
  )
}
