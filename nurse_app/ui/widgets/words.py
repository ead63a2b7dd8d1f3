"""Every word the widgets say by themselves, marked here and translated where it is shown; all others are given."""

from nurse_app.i18n import N_

YES = N_("Yes")
NO = N_("No")
WHY = N_("Why?")
CLOSE = N_("Close")
SAVE = N_("Save")
CANCEL = N_("Cancel")
RETRY = N_("Try again")
CLEAR = N_("Clear")
DONE = N_("Done")
ACKNOWLEDGE = N_("Acknowledge")
PAUSE_SOUND = N_("Pause the sound")
ACKNOWLEDGED = N_("acknowledged")
REACTION = N_("Reaction")
WAITS = N_("next")
NOT_ANSWERED = N_("not answered")
UNDERSTOOD = N_("Understood as {date}")
MORE_ALERTS = N_("Show {count} more")
FEWER_ALERTS = N_("Show fewer")
EARLIER_LEFT_OUT = N_("Earlier vital signs not shown here: {count}. All are in the record.")
DIGITS_ENTERED = N_("Digits entered: {count}")
VITAL_SIGNS = N_("Vital signs")
TRAINING = N_("TRAINING")
TRAINING_NOTE = N_("sample patients only")

PRIORITY_WORDS = {"high": N_("HIGH"), "medium": N_("MEDIUM"), "low": N_("LOW")}
SEVERITY_WORDS = {"information": N_("Note"), "caution": N_("Caution"), "hold": N_("Hold"), "stop": N_("Stop")}
STEP_WORDS = {"done": N_("done"), "current": N_("now"), "todo": N_("to do"), "skipped": N_("left out")}

ENTER_VALUE = N_("Enter the {label}.")
ENTER_SOMETHING = N_("Enter at least one value.")
NUMBER_ONLY = N_("Write a number such as {example}.")
WHOLE_NUMBER_ONLY = N_("Write a whole number such as {example}.")
ZERO_FIRST = N_("Write 0 before the point, such as 0.5.")
TOO_MANY_DECIMALS = N_("Too many digits after the point. At most: {count}.")
DATE_ONLY = N_("Write the date such as 31-Dec-1980.")
DATE_AMBIGUOUS = N_("Day and month can be confused. Write the date such as 31-Dec-1980.")
DATE_YEAR = N_("Write the year with four digits, such as 31-Dec-1980.")
DATE_NOT_IN_CALENDAR = N_("This date is not in the calendar.")
PIN_TOO_SHORT = N_("Enter at least {count} digits.")
