/** What was to be shown was measured and not reached; the figures are kept with the cause. */
export class Missed extends Error {
  override readonly name = 'Missed'
  readonly figures: Readonly<Record<string, number>>

  constructor(missed: readonly string[], figures: Readonly<Record<string, number>>) {
    super(missed.join('; '))
    this.figures = figures
  }
}
