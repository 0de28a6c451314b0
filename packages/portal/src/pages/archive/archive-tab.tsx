import { useLingui } from '@lingui/react/macro'
import { useQuery } from '@tanstack/react-query'
import { api } from '../../api/api.ts'
import { Asked } from '../../components/asked.tsx'
import { gutter, Section } from '../../components/page.tsx'
import { cn } from '../../theme/cn.ts'
import { ArchiveFigures } from './archive-figures.tsx'
import { ArchiveFiles } from './archive-files.tsx'
import { RetentionEditor } from './retention-editor.tsx'
import { RetentionHistory } from './retention-history.tsx'

/** How long events are kept, and what of them lies in the archive. */
export function ArchiveTab() {
  const { t } = useLingui()
  const retention = useQuery({
    queryKey: ['archive', 'retention'],
    queryFn: ({ signal }) => api.archive.retention({}, signal),
  })
  return (
    <div className={cn('py-5', gutter)}>
      <div className="grid max-w-6xl gap-8 xl:grid-cols-[minmax(0,1fr)_340px]">
        <div className="flex min-w-0 flex-col gap-8">
          <Section title={t`Thời hạn lưu giữ`}>
            <Asked query={retention}>
              {(current) => <RetentionEditor key={current.version} current={current} />}
            </Asked>
          </Section>
          <ArchiveFiles />
        </div>
        <div className="flex flex-col gap-8">
          <ArchiveFigures />
          <RetentionHistory />
        </div>
      </div>
    </div>
  )
}
