import { useLingui } from '@lingui/react/macro'
import { useQuery } from '@tanstack/react-query'
import { api } from '../../api/api.ts'
import { Asked } from '../../components/asked.tsx'
import { gutter } from '../../components/page.tsx'
import { cn } from '../../theme/cn.ts'
import { AuthoritySection } from './authority-section.tsx'
import { SigningKeysSection } from './signing-keys-section.tsx'

/** The keys by which this node is known to its stations, its parent, and whoever reads what it signed. */
export function KeysTab() {
  const { t } = useLingui()
  const authority = useQuery({
    queryKey: ['authority'],
    queryFn: ({ signal }) => api.authorities.get({}, signal),
    refetchInterval: (current) => (current.state.data?.next ? 5000 : false),
  })
  const keys = useQuery({
    queryKey: ['signing-keys'],
    queryFn: ({ signal }) => api.authorities.signingKeys({}, signal),
  })
  return (
    <div className={cn('flex max-w-3xl flex-col gap-8 py-5', gutter)}>
      <p className="text-13 text-ink-2">
        {t`Cơ quan chứng thư bảo chứng cho cổng kết nối và chứng thư của các trạm; khóa ký bảo chứng cho chỉ thị, báo cáo và bản tóm tắt nhật ký của tổ chức.`}
      </p>
      <Asked query={authority}>{(found) => <AuthoritySection authority={found} />}</Asked>
      <Asked query={keys}>{({ items }) => <SigningKeysSection keys={items} />}</Asked>
    </div>
  )
}
