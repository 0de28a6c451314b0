import { SheetFormat } from '@haidang/contracts/sheet-import'
import { Button } from '../../components/button.tsx'
import { useExport } from './use-export.ts'

const names = { 'organisation.export': 'organisations', 'system.export': 'systems' } as const

/** A register as a file, in each of its formats. */
export function ExportButtons({ kind }: { kind: keyof typeof names }) {
  const exporting = useExport(kind)
  return (
    <>
      {SheetFormat.options.map((format) => (
        <Button
          key={format}
          busy={exporting.busy}
          onClick={() => exporting.run({ format }, `${names[kind]}.${format}`)}
        >
          {format.toUpperCase()}
        </Button>
      ))}
      {exporting.question}
    </>
  )
}
