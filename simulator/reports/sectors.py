"""The names of sectors, in the language spoken."""

from __future__ import annotations

from simulator.wording import say


def sector_name(sector: str) -> str:
    """The name of a sector that packs are often about; a pack's own one reads as it is written."""
    names = {
        "airline": say("Airline"),
        "b2b_technology": say("Technology"),
        "banking": say("Bank"),
        "cafe": say("Café"),
        "education": say("Education"),
        "funeral_services": say("Funeral services"),
        "healthcare": say("Hospital"),
        "hotel": say("Hotel"),
        "internal_it": say("Internal IT"),
        "logistics": say("Courier"),
        "office": say("Office"),
        "restaurant": say("Restaurant"),
        "saas": say("Software"),
        "telecom": say("Telecom"),
    }
    return names.get(sector, sector.replace("_", " ").capitalize())
