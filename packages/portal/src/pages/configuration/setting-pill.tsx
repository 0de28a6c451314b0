import { Pill, type Tone } from '../../components/pill.tsx'
import { useWords } from '../../language/use-words.ts'

type State = 'pending' | 'applied' | 'refused' | 'invalid'
const tones: Record<State, Tone> = {
  pending: 'neutral',
  applied: 'good',
  refused: 'medium',
  invalid: 'critical',
}

/** What became of one setting. */
export function SettingPill({ state }: { state: State }) {
  const { label } = useWords()
  return <Pill tone={tones[state]}>{label('settingState', state)}</Pill>
}
