import { useLingui } from '@lingui/react/macro'
import type { ReactNode } from 'react'
import { SheetLinks } from './sheet-links.tsx'

interface SheetDownloadsProps {
  readonly template: string
  /** How to take along what is in the register. */
  readonly children: ReactNode
}

/** What is in the register as a file to read in again, and an empty one. */
export function SheetDownloads({ template, children }: SheetDownloadsProps) {
  const { t } = useLingui()
  return (
    <section className="flex flex-col gap-2">
      <h2 className="font-semibold text-15">{t`Xuất danh sách`}</h2>
      <p className="text-13 text-ink-2">{t`Tệp xuất ra cũng là mẫu để nhập: sửa rồi nhập lại.`}</p>
      <span className="flex flex-wrap gap-2">{children}</span>
      <p className="text-13 text-ink-2">{t`Mẫu trống, chỉ có tên cột:`}</p>
      <span className="flex flex-wrap gap-2">
        <SheetLinks path={template} />
      </span>
    </section>
  )
}
