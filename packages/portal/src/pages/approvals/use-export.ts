import type { PayloadOf } from '@haidang/contracts/approval'
import { useMutation } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import { useDescribe } from '../../api/describe.ts'
import { sendForFile } from '../../api/send.ts'
import { saveFile } from '../../components/save-file.ts'
import { complain } from '../../components/toast.tsx'
import { type ExportKind, exportPath } from './export-path.ts'
import { useSecondPerson } from './second-person.tsx'

interface Export<K extends ExportKind> {
  readonly run: (asked: PayloadOf<K>, fileName: string) => void
  readonly busy: boolean
  /** The question for a second person, where it is open. */
  readonly question: ReactNode
}

/** Takes a file from the node, or asks a second person where it holds too much for one. */
export function useExport<K extends ExportKind>(kind: K): Export<K> {
  const describe = useDescribe()
  const second = useSecondPerson()
  const taking = useMutation({
    mutationFn: ({ asked }: { asked: PayloadOf<K>; fileName: string }) =>
      sendForFile('GET', exportPath(kind, asked), undefined),
    onSuccess: (blob, { fileName }) => saveFile(fileName, blob.type, blob),
    onError: (error, { asked }) => {
      const act = { kind, payload: asked } as Parameters<typeof second.offer>[1]
      if (!second.offer(error, act)) complain(describe(error).title)
    },
  })
  return {
    run: (asked, fileName) => taking.mutate({ asked, fileName }),
    busy: taking.isPending,
    question: second.question,
  }
}
