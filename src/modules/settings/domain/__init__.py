"""What settings decide: conversion, ranges, who declared what."""
