import { SheetFormat } from '@haidang/contracts/sheet-import'
import { useLingui } from '@lingui/react/macro'
import { Button } from '../../components/button.tsx'
import { useExport } from './use-export.ts'

const names = {
  'organisation.export': 'organisations',
  'system.export': 'systems',
  'expert.export': 'experts',
} as const

interface ExportButtonsProps {
  readonly kind: keyof typeof names
  /** What the list is narrowed by. */
  readonly filter?: string | undefined
}

/** A register as a file, in each of its formats. */
export function ExportButtons({ kind, filter }: ExportButtonsProps) {
  const { t } = useLingui()
  const exporting = useExport(kind)
  return (
    <>
      {SheetFormat.options.map((format) => (
        <Button
          key={format}
          aria-label={t`Tải về ${format.toUpperCase()}`}
          busy={exporting.busy}
          onClick={() =>
            exporting.run({ format, filter: filter || undefined }, `${names[kind]}.${format}`)
          }
        >
          {format.toUpperCase()}
        </Button>
      ))}
      {exporting.question}
    </>
  )
}
