"""The cohort of the demo: invented members, some of them further than others."""

from simulation.demo.ada import ADA
from simulation.demo.beginners import BEN, DEVI, EMRE, FERN
from simulation.demo.chiara import CHIARA

CAST = (ADA, BEN, CHIARA, DEVI, EMRE, FERN)
