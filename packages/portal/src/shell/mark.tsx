/** The lighthouse of the name, as a mark. */
export function Mark({ className }: { className?: string }) {
  return (
    <svg aria-hidden="true" viewBox="0 0 24 24" className={className}>
      <path d="m10.1 21.5 .9-11.2h2l.9 11.2z" className="fill-ink" />
      <path d="M7.5 21.5h9" className="stroke-ink" strokeWidth="1.6" strokeLinecap="round" />
      <rect x="10.2" y="6" width="3.6" height="3.4" rx=".8" className="fill-accent" />
      <path d="M10.6 4.6h2.8L12 2.8z" className="fill-ink" />
      <path d="M8.8 6.6 2.5 4.2v6.6l6.3-2z" className="fill-accent opacity-45" />
      <path d="m15.2 6.6 6.3-2.4v6.6l-6.3-2z" className="fill-accent opacity-45" />
    </svg>
  )
}
