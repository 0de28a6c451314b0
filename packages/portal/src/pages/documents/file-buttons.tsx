import { type DocumentFile, DocumentFormat } from '@haidang/contracts/document'
import { useLingui } from '@lingui/react/macro'
import { useMutation } from '@tanstack/react-query'
import { Button } from '../../components/button.tsx'
import { ErrorSummary } from '../../components/error-summary.tsx'
import { noErrors } from '../../components/form.ts'
import { saveDocument } from './save-document.ts'

interface FileButtonsProps {
  /** Undefined: there is something to put right first, which is said elsewhere. */
  readonly read: (format: DocumentFormat) => Promise<DocumentFile | undefined>
  /** What the files are, for who hears the buttons. */
  readonly of: string
  readonly refusal?: string | undefined
}

/** A document in each format, to take along. */
export function FileButtons({ read, of, refusal }: FileButtonsProps) {
  const { t } = useLingui()
  const take = useMutation({
    mutationFn: read,
    onSuccess: (file) => file && saveDocument(file),
  })
  return (
    <div className="flex flex-col gap-2">
      <div className="flex flex-wrap gap-2">
        {DocumentFormat.options.map((format) => (
          <Button
            key={format}
            size="small"
            aria-label={t`Tải về ${format.toUpperCase()}: ${of}`}
            busy={take.isPending && take.variables === format}
            refusal={refusal}
            onClick={() => take.mutate(format)}
          >
            {format.toUpperCase()}
          </Button>
        ))}
      </div>
      <ErrorSummary errors={noErrors} error={take.error} />
    </div>
  )
}
