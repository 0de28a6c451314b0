import type { SheetImport } from '@haidang/contracts/sheet-import'
import { useLingui } from '@lingui/react/macro'
import { useMutation } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import { api } from '../../api/api.ts'
import { useRefusal } from '../../api/refusal-text.ts'
import { gutter } from '../../components/page.tsx'
import { SheetDownloads } from '../../components/sheet-downloads.tsx'
import { SheetForm } from '../../components/sheet-form.tsx'
import { cn } from '../../theme/cn.ts'
import { ExportButtons } from '../approvals/export-buttons.tsx'
import { ImportProgress } from './import-progress.tsx'

const route = getRouteApi('/shell/systems')

/** Reads a file of information systems in: handed over, looked at row by row, then written whole or not at all. */
export function ImportTab() {
  const { t } = useLingui()
  const refusal = useRefusal()
  const { import: id } = route.useSearch()
  const navigate = route.useNavigate()
  const show = (next?: string) =>
    navigate({ search: { tab: 'import', ...(next ? { import: next } : {}) }, replace: true })
  const start = useMutation({
    mutationFn: async (read: () => Promise<SheetImport>) =>
      api.systemImports.start({ body: await read() }),
    onSuccess: (made) => show(made.id),
  })
  return (
    <div className={cn('flex max-w-4xl flex-col gap-6 py-4', gutter)}>
      <SheetDownloads template="/api/v1/system-import-template">
        <ExportButtons kind="system.export" />
      </SheetDownloads>
      <SheetForm
        help={t`Dòng đầu nêu tên cột; bắt buộc có mã hệ thống; người của cơ quan điều phối ghi thêm mã chủ quản. Mạng, tên miền, URL, ASN cách nhau bằng dấu ; có thể kèm ngày [2026-01-01..2026-12-31]. Nhiều nhất 100.000 dòng, không nhận công thức.`}
        refusal={refusal('system.manage')}
        busy={start.isPending}
        error={start.error}
        onLook={start.mutate}
        onChange={() => {
          if (id) void show()
        }}
      />
      {id ? <ImportProgress key={id} id={id} /> : null}
    </div>
  )
}
