import type { FormState } from '@haidang/contracts/form'
import { Pill, type Tone } from '../../components/pill.tsx'
import { useWords } from '../../language/use-words.ts'

const tones: Record<FormState, Tone> = {
  draft: 'accent',
  submitted: 'good',
  withdrawn: 'neutral',
  replaced: 'neutral',
}

export function FormStatePill({ state }: { state: FormState }) {
  const { label } = useWords()
  return <Pill tone={tones[state]}>{label('formState', state)}</Pill>
}
