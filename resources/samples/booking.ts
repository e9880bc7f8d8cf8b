/** Booking of club boats: at most two hours ahead of anybody else. */

export interface Booking {
  boat: string;
  member: number;
  from: Date;
  minutes: number;
}

/** Longest booking of one member on one day. */
export const MAX_MINUTES = 120;

export class BookingBook {
  private bookings: Booking[] = [];

  /** Enters a booking, or says why it cannot be. */
  book(wanted: Booking): string | null {
    if (wanted.minutes > MAX_MINUTES) {
      return `A boat can be booked for ${MAX_MINUTES} minutes at most.`;
    }
    const clash = this.bookings.find((one) => one.boat === wanted.boat && overlaps(one, wanted));
    if (clash) {
      return `${clash.boat} is taken by member ${clash.member}.`;
    }
    this.bookings.push(wanted);
    return null;
  }

  /** What a member has booked, the earliest first. */
  of(member: number): Booking[] {
    return this.bookings
      .filter((one) => one.member === member)
      .sort((a, b) => a.from.getTime() - b.from.getTime());
  }
}

function overlaps(a: Booking, b: Booking): boolean {
  const end = (one: Booking) => one.from.getTime() + one.minutes * 60_000;
  return a.from.getTime() < end(b) && b.from.getTime() < end(a);
}
