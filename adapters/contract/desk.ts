/** A desk that people can call. `open` drives `Contact.staffedNow`, in Europe/London time. */
export interface Desk {
  desk: string;
  phone?: string;
  email?: string;
  /** In words, for people: "24 hours", "Mon–Fri 08:30–17:00". */
  hours?: string;
  open?: 'always' | { days: readonly number[]; from: string; to: string };
  advice?: string;
}
