import { SheetFormat } from '@haidang/contracts/sheet-import'
import { Button } from '../../components/button.tsx'
import { useExport } from './use-export.ts'

/** The register of organisations as a file, in each of its formats. */
export function ExportButtons() {
  const exporting = useExport('organisation.export')
  return (
    <>
      {SheetFormat.options.map((format) => (
        <Button
          key={format}
          busy={exporting.busy}
          onClick={() => exporting.run({ format }, `organisations.${format}`)}
        >
          {format.toUpperCase()}
        </Button>
      ))}
      {exporting.question}
    </>
  )
}
